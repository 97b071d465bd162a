import { describe, expect, it } from 'vitest';
import { compileModule, createMemory, instantiate } from '../../src/base/wasm/engine.js';
import {
  elementaryTableBytes,
  writeElementaryTables,
} from '../../src/base/wasm/elementary-tables.js';
import { WasmModule } from '../../src/base/wasm/module-builder.js';
import { catalog } from '../../src/devices/catalog.js';
import { environment, type KernelMemory } from '../../src/devices/language/compiled.js';
import { emitCarryingLoop, emitLoop } from '../../src/devices/language/emit-wasm.js';
import { memoryImport } from '../../src/solver/system/wasm-evaluation.js';
import { together } from './instances-together.js';
import { bias, Draws, randomInstance } from './random-instance.js';

/** Instances that are carried along beside the same ones evaluated every time. */
const names = catalog.map(({ definition }) => definition.name);
// A diode is large enough where it heats itself only.
const carried = names.filter((name) =>
  [0, 1, 2, 3].every((sample) => build(name, sample).keptCount > 0),
);

interface Beside {
  readonly keptCount: number;
  readonly memory: KernelMemory;
  /** Both write into the memory; the vetoes. */
  readonly full: () => number;
  readonly carrying: () => number;
}

function build(name: string, sample = 0): Beside {
  const { definition } = catalog.find((entry) => entry.definition.name === name)!;
  const singles = [0, 1, 2].map((position) => {
    const subject = randomInstance(definition, new Draws(name, 'carry', sample));
    bias(subject, new Draws(name, 'carry', 'bias', sample, position));
    return subject;
  });
  const { model } = singles[0];
  if (model.keptCount === 0) return { keptCount: 0 } as Beside;
  const engine = createMemory(32);
  writeElementaryTables(engine.buffer);
  const memory = together(singles, engine.buffer, elementaryTableBytes);
  const { plans } = model;
  const link = (emit: (module: WasmModule) => number): (() => number) => {
    const module = new WasmModule(memoryImport(engine));
    const loop = emit(module);
    const f = module.function({ params: [], results: ['i32'] }, 'run');
    f.i32Const(0).i32Const(memory.count).call(loop).end();
    const { run } = instantiate(compileModule(module.build()), engine);
    return () => {
      for (const array of [memory.f, memory.jf, memory.fScale]) array.fill(0);
      return run();
    };
  };
  const both = { keep: plans.get('keep'), carry: plans.get('carry') };
  return {
    keptCount: model.keptCount,
    memory,
    full: link((module) => emitLoop(module, plans.get('evaluateTransient'), plans.layout, memory)),
    carrying: link((module) => emitCarryingLoop(module, both, plans.layout, memory)),
  };
}

/** Evaluates until limits have come to the voltages. */
function settle(evaluate: () => number): void {
  for (let k = 0; k < 1000; k++) if (evaluate() === 0) return;
  throw new Error('limiting does not reach the voltages');
}

function results({ f, jf, fScale, charge }: KernelMemory): Float64Array[] {
  return [f, jf, fScale, charge].map((array) => array.slice());
}

/** Largest difference between arrays, relative to their largest values. */
function difference(one: readonly Float64Array[], other: readonly Float64Array[]): number {
  const parts = one.map((array, k) => {
    const size = Math.max(...array.map(Math.abs));
    return Math.max(...array.map((value, p) => Math.abs(value - other[k][p]))) / (size || 1);
  });
  return Math.max(...parts);
}

function integrate({ environment: e, chargeHistory }: KernelMemory, draws: Draws): void {
  const a0 = 10 ** draws.between(9, 12);
  e[environment.a0] = a0;
  for (let k = 0; k < chargeHistory.length; k++)
    chargeHistory[k] = a0 * draws.between(-1e-15, 1e-15);
}

function move({ x }: KernelMemory, from: Float64Array, by: number, draws: Draws): void {
  for (let u = 1; u < x.length; u++) x[u] = from[u] + by * draws.between(-1, 1);
}

it('large transistors are carried along', () => {
  expect(carried).toEqual(expect.arrayContaining(['bsim3', 'bsim4']));
  // Neither what is evaluated as quickly, nor what has states.
  expect(carried).not.toContain('resistor');
  expect(carried).not.toContain('team');
});

describe.each(carried)('%s', (name) => {
  it('is evaluated in two parts as in one', () => {
    const { memory, full, carrying } = build(name, 1);
    integrate(memory, new Draws(name, 'step'));
    settle(full);
    const expected = results(memory);
    expect(carrying()).toBe(0);
    // Terms of charges and currents are added up in another order.
    expect(difference(expected, results(memory))).toBeLessThan(1e-12);
  });

  it('is carried along with an error of second order, in steps of any size', () => {
    const { memory, full, carrying } = build(name, 2);
    memory.environment[environment.carried] = 1;
    const start = memory.x.slice();
    settle(full);
    settle(carrying);
    const errorAt = (by: number): number => {
      // The same direction, and another step than the one before.
      move(memory, start, by, new Draws(name, 'way'));
      integrate(memory, new Draws(name, 'step', by));
      carrying();
      const found = [memory.f.slice(), memory.charge.slice()];
      settle(full);
      return difference([memory.f, memory.charge], found);
    };
    const [near, far] = [errorAt(1e-5), errorAt(1e-4)];
    // A hundred times as large ten times as far away, down to rounding; 36 mV are e in a current.
    expect(near).toBeLessThan(Math.max(far / 50, 1e-11));
    expect(far).toBeLessThan(1e-4);
  });

  it('is evaluated anew where one voltage has gone further, and where a limit vetoed', () => {
    const { memory, full, carrying } = build(name, 3);
    const allowed = 1e-4;
    memory.environment[environment.carried] = allowed;
    integrate(memory, new Draws(name, 'step'));
    settle(full);
    const start = memory.x.slice();
    for (let u = 1; u < start.length; u++) {
      memory.x.set(start);
      settle(carrying);
      memory.x[u] += 3 * allowed;
      settle(carrying);
      const found = results(memory);
      settle(full);
      expect(difference(results(memory), found), String(u)).toBeLessThan(1e-12);
    }
    // Leaps: each evaluation starts from what the limits came to in the one before.
    move(memory, start, 2, new Draws(name, 'leap'));
    settle(carrying);
    const found = results(memory);
    settle(full);
    expect(difference(results(memory), found)).toBeLessThan(1e-6);
  });
});
