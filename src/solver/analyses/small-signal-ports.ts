/** What small-signal cards name: the output that they look at, the source that drives. */
import { closest, error } from '../../base/index.js';
import type { AnalysisCard, CardArgument } from '../../netlist/circuit.js';
import type { DrivenSource } from '../system/sources.js';
import type { System } from '../system/system.js';
import type { AnalysisContext } from './analysis.js';
import { wrongUse } from './arguments.js';

/** A voltage between two nodes or a branch current, as weights of unknowns. */
export interface SignalOutput {
  /** As on the card: `v(out)`, `v(out,ref)`, `i(v1)`. */
  readonly text: string;
  readonly unit: 'V' | 'A';
  /** Unknown that counts with weight 1. */
  readonly positive: number;
  /** Unknown that counts with weight −1; 0 is ground. */
  readonly negative: number;
}

/** The selector of an output by row of the transposed equations: out = Σ selector·x, [n]. */
export function selectorOf({ positive, negative }: SignalOutput, n: number): Float64Array {
  const selector = new Float64Array(n);
  if (positive > 0) selector[positive - 1] += 1;
  if (negative > 0) selector[negative - 1] -= 1;
  return selector;
}

/** Binds `v(out)`, `v(out,ref)` and, where that is allowed, `i(vsource)`. */
export function bindOutput(
  { system, diagnostics }: AnalysisContext,
  card: AnalysisCard,
  argument: CardArgument | undefined,
  usage: string,
  currents: 'currents' | 'voltages only',
): SignalOutput | undefined {
  const match = /^([vi])\(([^(),]+)(?:,([^(),]+))?\)$/.exec(argument?.text ?? '');
  const isCurrent = match?.[1] === 'i';
  const fits = match && !(isCurrent && (currents !== 'currents' || match[3] !== undefined));
  if (!argument || !fits) {
    const forms = currents === 'currents' ? 'v(node), v(a,b) or i(vsource)' : 'v(node) or v(a,b)';
    const message = `.${card.name} looks at ${forms}`;
    diagnostics.push(wrongUse(card, message, usage, argument));
    return undefined;
  }
  const [, letter, first, second = '0'] = match;
  const { text } = argument;
  if (letter === 'i') {
    const positive = branchOf(system, first);
    if (positive !== undefined) return { text, unit: 'A', positive, negative: 0 };
    const help = ['put a voltage source of 0 V in series and read its current'];
    const message = `the current of '${first}' is not an unknown`;
    diagnostics.push(error('S122', message, argument.span, { help }));
    return undefined;
  }
  const positive = bindNode(system, { ...argument, text: first }, diagnostics);
  const negative = bindNode(system, { ...argument, text: second }, diagnostics);
  if (positive === undefined || negative === undefined) return undefined;
  return { text, unit: 'V', positive, negative };
}

function branchOf(system: System, element: string): number | undefined {
  const u = system.unknown(`i(${element})`);
  return u !== undefined && system.unknowns[u].kind === 'branch' ? u : undefined;
}

/** The unknown of a node by its name; 0 for ground. */
export function bindNode(
  system: System,
  { text, span }: CardArgument,
  diagnostics: AnalysisContext['diagnostics'],
): number | undefined {
  if (text === '0' || text === 'gnd') return 0;
  const u = system.unknown(`v(${text})`);
  if (u !== undefined) return u;
  const near = closest(text, system.circuit.nodes);
  const help = near === undefined ? [] : [`did you mean '${near}'?`];
  diagnostics.push(error('S123', `there is no node '${text}'`, span, { help }));
  return undefined;
}

/** Binds the name of an independent source. */
export function bindSource(
  { sources, diagnostics }: AnalysisContext,
  card: AnalysisCard,
  argument: CardArgument | undefined,
  usage: string,
): DrivenSource | undefined {
  const source = argument && sources.get(argument.text);
  if (source) return source;
  if (!argument) {
    const message = `.${card.name} lacks the source that it takes as input`;
    diagnostics.push(wrongUse(card, message, usage));
    return undefined;
  }
  const names = sources.list.map(({ name }) => name);
  const near = closest(argument.text, names);
  const help = [
    ...(near === undefined ? [] : [`did you mean '${near}'?`]),
    names.length > 0 ? `independent sources: ${names.join(', ')}` : 'the circuit has none',
  ];
  const message = `there is no independent source '${argument.text}'`;
  diagnostics.push(error('S114', message, argument.span, { help }));
  return undefined;
}

/** Unit of what an independent source sets. */
export function sourceUnit({ place: { instance, name } }: DrivenSource): 'V' | 'A' {
  return instance.definition.inputs[name]?.unit === 'V' ? 'V' : 'A';
}
