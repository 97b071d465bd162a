/** Which columns an analysis has: what `.save` asks for, or everything that is saved by default. */
import { closest, error, warning, type Diagnostic } from '../../base/index.js';
import type { Access, Expression } from '../../expression/ast.js';
import type { Circuit, MeasureOperand, OutputRequest } from '../../netlist/circuit.js';
import { defaultReadables, readable, type Readable } from '../system/access.js';
import type { System } from '../system/system.js';

/** Columns for an analysis, each once. What cannot be read becomes a diagnostic. */
export function savedColumns(
  system: System,
  analysis: string,
  diagnostics: Diagnostic[],
): Readable[] {
  const { saves, prints } = system.circuit;
  const wanted = (request: OutputRequest): boolean =>
    request.analysis === undefined || request.analysis === analysis;
  const saveItems = saves.filter(wanted).flatMap(({ items }) => items);
  const printItems = prints.filter(wanted).flatMap(({ items }) => items);
  const read = (access: Access): Readable[] => {
    const found = readAccess(system, access, diagnostics);
    return analysis === 'ac' ? smallSignals(found, access, diagnostics) : found;
  };
  const columns = new Map<string, Readable>();
  const add = (found: readonly Readable[]): void => {
    for (const column of found) if (!columns.has(column.name)) columns.set(column.name, column);
  };
  if (saveItems.length === 0) add(defaultReadables(system));
  for (const { expression } of [...saveItems, ...printItems])
    add(expression === 'all' ? defaultReadables(system) : accessesOf(expression).flatMap(read));
  if (analysis === 'tran') {
    for (const { items } of system.circuit.fouriers)
      for (const { expression } of items)
        if (expression !== 'all') add(accessesOf(expression).flatMap(read));
  }
  for (const access of measuredAccesses(system.circuit, analysis)) add(read(access));
  return [...columns.values()];
}

/** Unknowns alone: outputs of devices belong to the operating point. */
function smallSignals(
  found: readonly Readable[],
  { span }: Access,
  diagnostics: Diagnostic[],
): Readable[] {
  for (const { name } of found.filter(({ output }) => output !== undefined)) {
    const help = name.startsWith('i(')
      ? ['put a voltage source of 0 V in series and save its current']
      : ['save it in .op, .dc or .tran'];
    const message = `${name} is not an unknown: .ac has no value of it`;
    diagnostics.push(warning('S122', message, span, { help }));
  }
  return found.filter(({ output }) => output === undefined);
}

function readAccess(system: System, access: Access, diagnostics: Diagnostic[]): Readable[] {
  const { quantity, names, span } = access;
  const texts = quantity === '@' ? [`${names[0]}[${names[1]}]`] : names;
  return texts.flatMap((text) => {
    const found = readable(system, quantity === '@' ? '@' : quantity[0], text);
    if (found) return [found];
    diagnostics.push(unknownQuantity(system, access, text));
    return [];
  });

  function unknownQuantity(of: System, { quantity: letter }: Access, text: string): Diagnostic {
    if (letter === '@') {
      const message = `there is no quantity '@${text}'`;
      return warning('S121', message, span, { help: [offered(of, names[0])] });
    }
    if (letter.startsWith('i')) {
      const help = ['put a voltage source of 0 V in series and save its current'];
      return error('S122', `the current of '${text}' is not an unknown`, span, { help });
    }
    const near = closest(text, of.circuit.nodes);
    const help = near === undefined ? [] : [`did you mean '${near}'?`];
    return error('S123', `there is no node '${text}'`, span, { help });
  }
}

function offered(system: System, device: string): string {
  const place = system.slots.instance(device);
  if (!place) return `there is no element '${device}'`;
  const names = system.groups[place.group].model.outputs.map(({ name }) => name);
  return `'${device}' offers ${names.join(', ')}`;
}

/** What `.meas` cards of an analysis read. */
function measuredAccesses({ measures }: Circuit, analysis: string): Access[] {
  return measures
    .filter((card) => card.analysis === undefined || card.analysis === analysis)
    .flatMap(({ items }) => items)
    .flatMap((item): readonly MeasureOperand[] => {
      if (item.kind === 'setting') return [item.value];
      return item.kind === 'equation' ? [item.left, item.right] : [item];
    })
    .flatMap(({ expression }) => (expression ? accessesOf(expression) : []));
}

/** All quantities of the circuit that an expression reads. */
function accessesOf(expression: Expression): Access[] {
  switch (expression.kind) {
    case 'access':
      return [expression];
    case 'call':
      return expression.arguments.flatMap(accessesOf);
    case 'unary':
      return accessesOf(expression.operand);
    case 'binary':
      return [...accessesOf(expression.left), ...accessesOf(expression.right)];
    case 'conditional':
      return [expression.test, expression.whenTrue, expression.whenFalse].flatMap(accessesOf);
    default:
      return [];
  }
}
