import { describe, expect, it } from 'vitest';
import { compileModule, createMemory, instantiate } from '../../src/base/wasm/engine.js';
import {
  elementaryTableBytes,
  writeElementaryTables,
} from '../../src/base/wasm/elementary-tables.js';
import { WasmModule } from '../../src/base/wasm/module-builder.js';
import { catalog } from '../../src/devices/catalog.js';
import {
  environment,
  type CompiledModel,
  type KernelMemory,
} from '../../src/devices/language/compiled.js';
import { emitLoop, emitUnrolled } from '../../src/devices/language/emit-wasm.js';
import type { PlanName } from '../../src/devices/language/kernel-plan.js';
import { memoryImport } from '../../src/solver/system/wasm-evaluation.js';
import { together } from './instances-together.js';
import { bias, Draws, randomInstance } from './random-instance.js';
import type { SingleInstance } from './single-instance.js';

/**
 * The two targets of the model compiler, JavaScript and WebAssembly, side by side: every kernel of
 * every model on the same memory, for three instances of one structure at different biases.
 */
const models = catalog.map(({ definition }) => [definition.name, definition] as const);
const samples = [0, 1, 2, 3];

/** Each with its own exp and log: a few units of the last bit, more where terms cancel. */
const relative = 1e-12;

const results = [
  ...['f', 'q', 'jf', 'jq', 'fScale', 'charge', 'chargeRate', 'chargeSlope', 'instance'],
] as const;

interface Target {
  readonly memory: KernelMemory;
  run(plan: PlanName): number;
}

function script(singles: readonly SingleInstance[]): Target {
  const memory = together(singles, new ArrayBuffer(1 << 20), 0);
  const { kernels } = singles[0].model;
  return {
    memory,
    run: (plan) => {
      clear(memory, plan);
      if (isPart(plan)) throw new Error('parts have no kernel');
      return (kernels[plan](memory, 0, memory.count) as number | undefined) ?? 0;
    },
  };
}

function isPart(plan: PlanName): plan is 'residual' | 'jacobian' | 'keep' | 'carry' {
  return ['residual', 'jacobian', 'keep', 'carry'].includes(plan);
}

function wasm(singles: readonly SingleInstance[], unrolled: boolean): Target {
  const engine = createMemory(32);
  writeElementaryTables(engine.buffer);
  const memory = together(singles, engine.buffer, elementaryTableBytes);
  const { model } = singles[0];
  const functions = new Map<PlanName, () => number>();
  const make = (plan: PlanName): (() => number) => {
    const module = new WasmModule(memoryImport(engine));
    const steps = model.plans.get(plan);
    const { layout } = model.plans;
    if (unrolled) emitUnrolled(module, steps, layout, memory, 'run');
    else emitLoop(module, steps, layout, memory, 'run');
    const { run } = instantiate(compileModule(module.build()), engine);
    return unrolled ? run : () => run(0, memory.count);
  };
  return {
    memory,
    run: (plan) => {
      if (!functions.has(plan)) functions.set(plan, make(plan));
      clear(memory, plan);
      return functions.get(plan)!();
    },
  };
}

function clear({ f, q, jf, jq, fScale }: KernelMemory, plan: PlanName): void {
  if (plan === 'evaluateCharges' || plan === 'finishCharges') return;
  if (plan === 'jacobian') return;
  for (const array of [f, jf, fScale]) array.fill(0);
  if (plan === 'evaluate') for (const array of [q, jq]) array.fill(0);
}

const largest = (array: Float64Array): number =>
  array.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );

/** @param scale what cancels in an entry may be as large as this */
function expectSame(actual: KernelMemory, expected: KernelMemory, model: CompiledModel): void {
  const { count } = expected;
  for (const name of results) {
    const array = expected[name];
    const floor = name === 'instance' ? 0 : largest(array) * 1e-13;
    array.forEach((value, k) => {
      const other = actual[name][k];
      if (Object.is(value, other) || value === other) return;
      const slot = name === 'instance' ? model.instanceSlots[Math.floor(k / count)].name : '';
      const allowed = relative * Math.abs(value) + (floor || 1e-13 * slotScale(array, k, count));
      if (!(Math.abs(value - other) <= allowed))
        expect.fail(`${name}[${String(k)}] ${slot}: ${String(other)} should be ${String(value)}`);
    });
  }
}

/** The largest value of a slot among the instances. */
function slotScale(array: Float64Array, k: number, count: number): number {
  const first = k - (k % count);
  return largest(array.subarray(first, first + count));
}

function randomInstances(name: string, sample: number): SingleInstance[] {
  const { definition } = catalog.find((entry) => entry.definition.name === name)!;
  return [0, 1, 2].map((position) => {
    // The same parameters three times, and a bias for each.
    const subject = randomInstance(definition, new Draws(name, 'targets', sample));
    bias(subject, new Draws(name, 'targets', 'bias', sample, position));
    return subject;
  });
}

function perturb(
  { x, delta, chargeHistory, charge }: KernelMemory,
  draws: Draws,
  a0: number,
): void {
  for (let u = 1; u < x.length; u++) delta[u] = draws.between(-1e-3, 1e-3);
  for (let k = 0; k < charge.length; k++) chargeHistory[k] = a0 * draws.between(-1e-6, 1e-6);
}

describe.each(models)('%s', (name) => {
  describe.each(['loop', 'unrolled'])('written as %s', (form) => {
    it('computes in WebAssembly what it does in JavaScript', () => {
      for (const sample of samples) {
        const singles = randomInstances(name, sample);
        const { model } = singles[0];
        const [one, other] = [script(singles), wasm(singles, form === 'unrolled')];
        const a0 = 10 ** new Draws(name, 'a0', sample).between(3, 9);
        for (const { memory } of [one, other]) {
          perturb(memory, new Draws(name, 'history', sample), a0);
          memory.environment[environment.a0] = a0;
          memory.environment[environment.hold] = 0;
        }
        const plans = [
          ...(['evaluateStatic', 'evaluate', 'evaluateCharges', 'evaluateTransient'] as const),
          'finishCharges' as const,
        ];
        for (const plan of plans) {
          expect(other.run(plan), plan).toBe(one.run(plan));
          expectSame(other.memory, one.memory, model);
        }
      }
    });

    it('limits alike', () => {
      for (const sample of samples) {
        const singles = randomInstances(name, sample);
        const draws = new Draws(name, 'far', sample);
        // Voltages that leap: limits cut them short, and say so.
        for (const { memory } of singles)
          for (let u = 1; u < memory.x.length; u++) memory.x[u] += draws.between(-3, 3);
        const [one, other] = [script(singles), wasm(singles, form === 'unrolled')];
        for (let iteration = 0; iteration < 4; iteration++) {
          expect(other.run('evaluateStatic')).toBe(one.run('evaluateStatic'));
          expectSame(other.memory, one.memory, singles[0].model);
        }
      }
    });

    it('falls into a residual and a matrix', () => {
      const singles = randomInstances(name, 0);
      const [one, other] = [script(singles), wasm(singles, form === 'unrolled')];
      for (const { memory } of [one, other]) {
        memory.environment[environment.a0] = 1e6;
        memory.environment[environment.hold] = 0;
      }
      one.run('evaluateTransient');
      other.run('residual');
      other.run('jacobian');
      expectSame(other.memory, one.memory, singles[0].model);
    });
  });
});
