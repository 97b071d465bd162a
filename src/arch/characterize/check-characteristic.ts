import { DiagnosticError, error } from '../../base/index.js';
import type { CharacteristicOutput } from './characteristic-data.js';
import type { CircuitExperiment } from './experiment.js';
import { Grid } from './grid.js';
import { randomPoint } from './random-points.js';
import type { Point } from './sampler.js';
import type { Sampling } from './sampling.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

/** How an output compares with its circuit. */
export interface CheckedOutput {
  readonly output: CharacteristicOutput;
  readonly points: number;
  readonly max: number;
  readonly rms: number;
  /** Points whose error is greater than the bound. */
  readonly beyond: number;
}

/**
 * Compares a characteristic with its circuit at random points of another seed than its own.
 *
 * @returns undefined if it was interrupted
 * @throws DiagnosticError where a circuit gives no value, or where there are quantiles to check
 */
export async function checkCharacteristic(
  characteristic: TransferCharacteristic,
  experiment: CircuitExperiment,
  sampling: Sampling,
  { points, seed, signal }: { points: number; seed: number; signal: AbortSignal },
): Promise<CheckedOutput[] | undefined> {
  if (experiment.levels) {
    throw new DiagnosticError([
      error(
        'A210',
        'quantiles are not checked: their error is that of the number of runs',
        undefined,
        {
          help: ['characterize once more with another --seed and compare'],
        },
      ),
    ]);
  }
  const grid = new Grid(characteristic.inputs);
  const asked = Array.from({ length: points }, (_, k) => randomPoint(grid, seed, k));
  const groups = experiment.sampler.groups(asked);
  const lists = groups.map((group) => group.map((place) => asked[place]));
  const errors: number[][] = characteristic.outputs.map(() => []);
  const functions = new Functions(characteristic);
  for await (const { group, result } of sampling.execute(lists, 'verify', signal)) {
    result.samples.forEach((sample, k) => {
      if ('problem' in sample) throw noValue(sample.problem);
      experiment.outputs.forEach(({ from }, o) => {
        errors[o].push(Math.abs(functions.value(lists[group][k], o) - sample.values[from]));
      });
    });
  }
  if (errors[0].length < points) return undefined;
  return characteristic.outputs.map((output, o) => {
    const squares = errors[o].reduce((sum, each) => sum + each * each, 0);
    return {
      output,
      points,
      max: errors[o].reduce((a, b) => Math.max(a, b), 0),
      rms: Math.sqrt(squares / points),
      // NaN keeps no bound.
      beyond: errors[o].filter((each) => !(each <= output.bound.absolute)).length,
    };
  });
}

/** Functions of a characteristic by the discrete inputs of a point. */
class Functions {
  readonly #of: TransferCharacteristic;
  readonly #known = new Map<string, ReturnType<TransferCharacteristic['function']>>();

  constructor(of: TransferCharacteristic) {
    this.#of = of;
  }

  value(point: Point, output: number): number {
    const { inputs, outputs } = this.#of;
    const fixed = Object.fromEntries(
      inputs.flatMap((input, k) => {
        if (input.kind === 'continuous') return [];
        return [[input.name, input.labels?.[input.values.indexOf(point[k])] ?? point[k]]];
      }),
    );
    const key = `${output} ${JSON.stringify(fixed)}`;
    const known = this.#known.get(key) ?? this.#of.function(outputs[output].name, { fixed });
    this.#known.set(key, known);
    return known.value(...point.filter((_, k) => inputs[k].kind === 'continuous'));
  }
}

function noValue(problem: string): DiagnosticError {
  return new DiagnosticError([
    error('A211', 'the circuit gives no value at a point of the domain', undefined, {
      notes: problem.split('\n'),
    }),
  ]);
}
