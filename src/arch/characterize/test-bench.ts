import { type Diagnostic, hasErrors, renderDiagnostic } from '../../base/index.js';
import type { Circuit, Deck, DeckOptions, StepValue } from '../../netlist/index.js';
import { expandDeck } from '../../netlist/index.js';
import { setValues } from '../../netlist/set-values.js';
import type { Variable } from './variables.js';
import { stepValues } from './variables.js';
import type { Point } from './sampler.js';

/** A deck, and what is varied in it. */
export interface TestBench {
  readonly deck: Deck;
  /** Expanded with `options`. */
  readonly circuit: Circuit;
  readonly options: DeckOptions;
  readonly variables: readonly Variable[];
}

/** What of the circuit takes which value at a point. */
export function valuesAt({ variables }: TestBench, point: Point): StepValue[] {
  return variables.flatMap((variable, k) => stepValues(variable, point[k]));
}

/** The circuit with other values; undefined, with diagnostics, if the deck cannot take them. */
export function circuitWith(
  { deck, circuit, options }: TestBench,
  values: readonly StepValue[],
  diagnostics: Diagnostic[],
): Circuit | undefined {
  const needsDeck = values.some(
    ({ target: { kind } }) =>
      kind === 'parameter' || (kind === 'temperature' && circuit.readsTemperature),
  );
  if (!needsDeck) return { ...setValues(circuit, values), steps: [] };
  const expanded = expandDeck(deck, { ...options, values });
  if (!expanded.circuit) diagnostics.push(...expanded.diagnostics);
  return expanded.circuit && { ...expanded.circuit, steps: [] };
}

/** The errors among diagnostics as one text; what else is said if there are none. */
export function problemText(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const told = hasErrors(diagnostics) ? errors : diagnostics;
  return told.map((each) => renderDiagnostic(each)).join('\n') || 'it did not come to its end';
}
