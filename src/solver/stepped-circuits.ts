/** The circuits of a deck's steps: `.step` and `.data`. */
import { error, type Diagnostic } from '../base/index.js';
import { JobList, type Job } from '../jobs/index.js';
import type { Circuit, StepTarget, StepValue } from '../netlist/circuit.js';
import { setValues } from '../netlist/set-values.js';

/** Expands the deck with other values. */
export type ExpandWith = (values: readonly StepValue[]) => {
  readonly circuit?: Circuit;
  readonly diagnostics: readonly Diagnostic[];
};

/** One run of all analyses. */
export interface Step {
  /** Absent where the deck has no steps. */
  readonly job?: Job;
  readonly values: readonly StepValue[];
}

/** All runs of a deck, in their order. */
export function* stepsOf(circuit: Circuit): Generator<Step, void, undefined> {
  for (const step of plainSteps(circuit)) {
    const ownTemperature = step.values.some(({ target }) => target.kind === 'temperature');
    // Each temperature has values of its own.
    if (circuit.readsTemperature && circuit.temperatures.length > 1 && !ownTemperature) {
      for (const value of circuit.temperatures) {
        yield { ...step, values: [...step.values, { target: temperatureTarget, value }] };
      }
    } else yield step;
  }
}

/** What `.temp` changes. */
export const temperatureTarget: StepTarget = {
  kind: 'temperature',
  name: 'temp',
  label: 'temp',
  unit: '°C',
};

function* plainSteps({ steps }: Circuit): Generator<Step, void, undefined> {
  if (steps.length === 0) {
    yield { values: [] };
    return;
  }
  const targets = steps.flatMap((card) => card.targets);
  for (const job of new JobList(steps)) {
    const values = job.parameters.map(({ value }, k) => ({ target: targets[k], value }));
    yield { job, values };
  }
}

/** Number of runs. */
export function stepCount({ steps }: Circuit): number {
  return new JobList(steps).length;
}

/** The circuit of a step; undefined, with diagnostics, if the deck cannot take its values. */
export function circuitOf(
  circuit: Circuit,
  { values }: Step,
  expand: ExpandWith | undefined,
  diagnostics: Diagnostic[],
): Circuit | undefined {
  // Elements and temperatures are set in place; only parameters need the deck.
  const needsDeck = values.some(
    ({ target: { kind } }) =>
      kind === 'parameter' || (kind === 'temperature' && circuit.readsTemperature),
  );
  if (!needsDeck) return setValues(circuit, values);
  if (expand) {
    const expanded = expand(values);
    if (!expanded.circuit) diagnostics.push(...expanded.diagnostics);
    return expanded.circuit;
  }
  diagnostics.push(
    error('S115', 'parameters cannot be stepped without the deck', circuit.steps[0]?.span, {
      help: ['simulate the text, or pass expand'],
    }),
  );
  return undefined;
}

/** A diagnostic that says in which step it arose. */
export function inStep(diagnostic: Diagnostic, job: Job | undefined): Diagnostic {
  if (!job) return diagnostic;
  return { ...diagnostic, notes: [`in the step ${job.name}`, ...(diagnostic.notes ?? [])] };
}
