import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInclude } from '../../src/cli/read-deck.js';
import { expandDeck, parseNetlist, type Circuit } from '../../src/netlist/index.js';
import { type ExpandWith, simulateCircuit, type SimulationResult } from '../../src/solver/index.js';
import { bindOptions } from '../../src/solver/options.js';
import {
  compareWaveforms,
  type Column,
  type Dataset,
  type Waveform,
} from '../../src/waveform/index.js';

/**
 * Every deck with kernels in JavaScript (`.options wasm=0`) and in WebAssembly: the same answers, to
 * what the deck's tolerances promise. Transients are cut short. Both evaluate every transistor: only
 * one kind carries those that rest (test/solver/system/carried-groups.test.ts has that).
 */
const test = join(import.meta.dirname, '..');
const decks = [join(test, 'decks'), join(test, '..', 'circuits')].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cir'))
    .map((file) => [file, join(root, file)] as const),
);

/** Longest part of a transient, in its largest steps: large circuits take long in JavaScript. */
function mostSteps({ instances }: Circuit): number {
  return instances.length > 50 ? 40 : 200;
}

function shortened(circuit: Circuit): Circuit {
  const analyses = circuit.analyses.map((card) => {
    if (card.name !== 'tran') return card;
    const [step, stop, ...rest] = card.arguments;
    const largest = rest[1]?.value ?? step.value!;
    const value = Math.min(stop.value!, mostSteps(circuit) * largest);
    return { ...card, arguments: [step, { ...stop, value }, ...noStart(rest, value)] };
  });
  return { ...circuit, analyses };
}

/** Results are wanted from the beginning where the end comes before they were to start. */
function noStart(rest: Circuit['analyses'][0]['arguments'], stop: number): typeof rest {
  const [start, ...others] = rest;
  if (start?.value === undefined || start.value < stop) return rest;
  return [{ ...start, text: '0', value: 0 }, ...others];
}

/** `values` expands the deck anew, where a sweep is over one of its parameters. */
async function run(circuit: Circuit, values: ExpandWith): Promise<SimulationResult> {
  const stream = simulateCircuit(circuit, { expand: values });
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
  }
}

function withOption(circuit: Circuit, name: string): Circuit {
  const { span } = circuit.analyses[0];
  return { ...circuit, options: new Map([...circuit.options, [name, { value: 0, span }]]) };
}

const withoutWasm = (circuit: Circuit): Circuit => withOption(circuit, 'wasm');
const withWasm = (circuit: Circuit): Circuit => withOption(circuit, 'bypass');

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each(decks)('%s', (_, path) => {
  it('has the same results with kernels of either kind', async () => {
    const options = { name: path, reader: readInclude };
    const parsed = parseNetlist(readFileSync(path, 'utf8'), options);
    const circuit = shortened(parsed.circuit!);
    const expand =
      (change: (of: Circuit) => Circuit): ExpandWith =>
      (values) => {
        const expanded = expandDeck(parsed.deck, { ...options, values });
        return { ...expanded, ...(expanded.circuit ? { circuit: change(expanded.circuit) } : {}) };
      };
    const { reltol, vntol, abstol, chgtol } = bindOptions(circuit.options, []);
    const floors: Readonly<Record<string, number>> = { V: vntol, A: abstol };
    const expected = await run(
      withoutWasm(circuit),
      expand((of) => withoutWasm(shortened(of))),
    );
    const actual = await run(
      withWasm(circuit),
      expand((of) => withWasm(shortened(of))),
    );
    expect(expected.diagnostics.map(({ message }) => message)).toEqual(
      actual.diagnostics.map(({ message }) => message),
    );
    expect(actual.analyses).toHaveLength(expected.analyses.length);
    expected.analyses.forEach(({ dataset }, k) => {
      const other = actual.analyses[k].dataset;
      expect(actual.analyses[k].completed).toBe(true);
      dataset.columns.forEach((column, c) => {
        const { unit } = column.quantity;
        const floor = floors[unit] ?? 1e-12;
        const allowed = reltol * largest(column.real) + floor;
        const difference = distance(dataset, other, c);
        // What charges a gate is the slope of what errors are controlled for: then charges count.
        const isCurrent = dataset.analysis === 'tran' && unit === 'A';
        if (isCurrent && difference > allowed) {
          expectSameCharge(dataset, other, column.name, { reltol, chgtol });
          return;
        }
        expect(difference, `${dataset.analysis} ${column.name}`).toBeLessThanOrEqual(allowed);
      });
    });
    // Seconds on a quiet machine: the largest circuits in JavaScript.
  }, 180_000);
});

/** Compares the charge that a current has brought since the beginning. */
function expectSameCharge(
  expected: Dataset,
  actual: Dataset,
  name: string,
  { reltol, chgtol }: { readonly reltol: number; readonly chgtol: number },
): void {
  const [a, b] = [expected, actual].map((dataset) => chargeOf(dataset.waveform(name)!));
  const span = Math.max(...a.y) - Math.min(...a.y);
  const { rms } = compareWaveforms(a, b);
  expect(rms, `charge of ${name}`).toBeLessThanOrEqual(reltol * span + chgtol);
}

/** Running integral by the trapezoidal rule. */
function chargeOf({ x, y }: Waveform): Waveform {
  const charge = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    charge[i] = charge[i - 1] + ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  }
  return { x, y: charge };
}

/** Of two transients the rms of the difference over time, of others the largest difference. */
function distance(expected: Dataset, actual: Dataset, c: number): number {
  const column: Column = expected.columns[c];
  const other: Column = actual.columns[c];
  if (expected.analysis === 'tran' && c > 0) {
    const [a, b] = [expected, actual].map((dataset) => dataset.waveform(column.name)!);
    return compareWaveforms(a, b).rms;
  }
  if (expected.analysis === 'tran') return Math.abs(column.real.at(-1)! - other.real.at(-1)!);
  expect(other.real).toHaveLength(column.real.length);
  const parts = [
    largest(column.real.map((value, k) => value - other.real[k])),
    column.imaginary && other.imaginary
      ? largest(column.imaginary.map((value, k) => value - other.imaginary![k]))
      : 0,
  ];
  return Math.max(...parts);
}
