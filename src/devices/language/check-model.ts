import { DiagnosticError, error, type Diagnostic } from '../../base/index.js';
import type { AnalogProgram } from './analog-program.js';
import { checkContinuity } from './check-continuity.js';
import { checkPassivity } from './check-passivity.js';
import { checkTimers } from './check-timers.js';
import type { Finding } from './finding.js';
import { lower } from './lower.js';
import type { ModelDefinition } from './model.js';
import { destructured, problemAt, readFunction, walk, type AnyNode } from './read.js';
import { structureOf } from './structure.js';

/** Looks for one way in which a model can be ill-posed, though it is written in the language. */
type Check = (definition: ModelDefinition, program: AnalogProgram) => readonly Finding[];

const checks: readonly Check[] = [checkTimers, checkContinuity, checkPassivity];

const found = new WeakMap<ModelDefinition, readonly Diagnostic[]>();

/**
 * What makes a model ill-posed: faults of the language, or what the checks find at its default
 * parameters. Places are in the model's own text.
 */
export function lintModel(definition: ModelDefinition): readonly Diagnostic[] {
  try {
    const program = lower(definition, structureOf(definition, new Map(), new Map()));
    return checks.flatMap((check) =>
      check(definition, program).map((finding) => diagnosticOf(definition, finding)),
    );
  } catch (fault) {
    if (fault instanceof DiagnosticError) return fault.diagnostics;
    throw fault;
  }
}

/** Models of the catalogue: the suite over it lints them, so that no simulation has to. */
export function markLinted(definitions: Iterable<ModelDefinition>): void {
  for (const definition of definitions) found.set(definition, []);
}

/**
 * Refuses an ill-posed model before it is compiled; models without a memory are taken as they are.
 * @throws DiagnosticError
 */
export function refuseIllPosed(definition: ModelDefinition): void {
  const remembers = [definition.states, definition.held].some((t) => Object.keys(t).length > 0);
  if (!remembers || definition.equations.kind !== 'analog') return;
  let diagnostics = found.get(definition);
  if (!diagnostics) found.set(definition, (diagnostics = lintModel(definition)));
  if (diagnostics.length > 0) throw new DiagnosticError([...diagnostics]);
}

/** Points at the call that a finding is about: `rate('s', …)`, `I('p', 'n', …)`, `set('h', …)`. */
function diagnosticOf(definition: ModelDefinition, finding: Finding): Diagnostic {
  const { code, message, help, call, names } = finding;
  const { equations } = definition;
  const whole = `model '${definition.name}': ${message}`;
  if (equations.kind !== 'analog') return error(code, whole, undefined, { help: [help] });
  const text = readFunction(equations.analog, `model '${definition.name}'`);
  const local = destructured(text, 0).get(call) ?? call;
  let place: AnyNode | undefined;
  walk(text.node as AnyNode, (node) => {
    if (place || node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
    const literals = node.arguments.map((a) => (a.type === 'Literal' ? a.value : undefined));
    const meant = node.callee.name === local && names.every((name, k) => literals[k] === name);
    if (meant && node.arguments.length > names.length) place = node;
  });
  if (!place) return error(code, whole, undefined, { help: [help] });
  return problemAt(text, place, code, whole, help);
}
