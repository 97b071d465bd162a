import { describe, expect, test } from 'vitest';
import { real } from '../../../src/base/index.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';
import { catalog } from '../../../src/devices/catalog.js';
import { compileModel, structureOf } from '../../../src/devices/language/compile.js';
import { decodePlan, encodePlan } from '../../../src/devices/language/encode-plan.js';
import { emitLoop } from '../../../src/devices/language/emit-wasm.js';
import {
  keptStride,
  type CompiledModel,
  type KernelMemory,
} from '../../../src/devices/language/compiled.js';
import { planNames } from '../../../src/devices/language/kernel-plan.js';
import { ModelRecord } from '../../../src/devices/language/model-record.js';
import type { ModelStore } from '../../../src/devices/language/model-store.js';
import { StoredModels } from '../../../src/devices/language/stored-models.js';
import { model } from '../../../src/devices/language/model.js';

const nothing: ReadonlyMap<string, number> = new Map();

class MapStore implements ModelStore {
  readonly texts = new Map<string, string>();
  read(key: string): string | undefined {
    return this.texts.get(key);
  }
  write(key: string, text: string): void {
    this.texts.set(key, text);
  }
}

/** A definition of its own for each test: models are compiled once a definition. */
function square(doc = 'conductance'): ReturnType<typeof model> {
  return model({
    name: 'square',
    title: 'a conductor with a quadratic part',
    terminals: ['p', 'n'],
    parameters: { g: real(1, 'S', doc) },
    analog: ({ V, I, limit, previous }, { g }) => {
      const v = limit('v', V('p', 'n'), Math.max(previous('v') - 1, V('p', 'n')));
      I('p', 'n', g * v * (v < 0 ? -v : v) - 0 * g);
    },
  });
}

/** Some memory to write addresses of. */
function memoryOf(model: CompiledModel): KernelMemory {
  const { modelSlots, instanceSlots, indexCount, charges, unknowns } = model;
  const count = 2;
  const buffer = new ArrayBuffer(8 * 100_000);
  let at = 0;
  const array = (length: number): Float64Array => {
    const view = new Float64Array(buffer, at, length);
    at += 8 * length;
    return view;
  };
  const entries = indexCount + 1;
  return {
    count,
    cards: 1,
    x: array(unknowns.length + 1),
    f: array(unknowns.length + 1),
    q: array(unknowns.length + 1),
    jf: array(entries),
    jq: array(entries),
    fScale: array(unknowns.length + 1),
    environment: array(16),
    delta: array(unknowns.length + 1),
    charge: array(count * charges.length),
    chargeHistory: array(count * charges.length),
    chargeRate: array(count * charges.length),
    chargeSlope: array(count * charges.length),
    model: array(modelSlots.length),
    instance: array(count * instanceSlots.length),
    kept: array(count * keptStride(model)),
    index: new Int32Array(buffer, at, count * indexCount),
  };
}

function codeOf(
  model: CompiledModel,
  ...[steps, layout]: Parameters<typeof encodePlan>
): Uint8Array {
  const module = new WasmModule({ initial: 20 });
  emitLoop(module, steps, layout, memoryOf(model), 'run');
  return module.build();
}

describe('plans as text', () => {
  test.each(catalog.map(({ definition }) => [definition.name, definition] as const))(
    '%s: the same code comes of the text as of the plans',
    (_, definition) => {
      const compiled = compileModel(definition, structureOf(definition, nothing, nothing));
      const { plans } = compiled;
      for (const name of planNames) {
        const steps = decodePlan(encodePlan(plans.get(name), plans.layout));
        const record = new ModelRecord(undefined, () => ({
          facts: compiled,
          names: [],
          plans,
          write: () => '',
        }));
        const code = codeOf(compiled, steps, record.layout);
        expect(code, name).toEqual(codeOf(compiled, plans.get(name), plans.layout));
      }
    },
  );
});

describe('compiled models between runs', () => {
  test('the second run compiles nothing and has the same kernels', () => {
    const store = new MapStore();
    const first = new StoredModels(store);
    const one = first.compile(square(), nothing, nothing);
    const { source } = one;
    const plan = encodePlan(one.plans.get('evaluateStatic'), one.plans.layout);
    first.save();
    const two = new StoredModels(store).compile(square(), nothing, nothing);
    expect(two.source).toBe(source);
    expect(encodePlan(two.plans.get('evaluateStatic'), two.plans.layout)).toBe(plan);
    expect(two.modelSlots).toEqual(one.modelSlots);
    expect(two.instanceSlots).toEqual(one.instanceSlots);
  });

  test('what the text does not have is compiled, and kept the next time', () => {
    const store = new MapStore();
    const first = new StoredModels(store);
    first.compile(square(), nothing, nothing).plans.get('evaluateStatic');
    first.save();
    const before = lengthOf(store);
    const second = new StoredModels(store);
    const plain = compileModel(...plainArguments());
    const later = second.compile(square(), nothing, nothing);
    const steps = later.plans.get('evaluate');
    expect(codeOf(later, steps, later.plans.layout)).toEqual(
      codeOf(plain, plain.plans.get('evaluate'), plain.plans.layout),
    );
    second.save();
    expect(lengthOf(store)).toBeGreaterThan(before);
    const length = lengthOf(store);
    const third = new StoredModels(store);
    third.compile(square(), nothing, nothing).plans.get('evaluate');
    third.save();
    expect(lengthOf(store)).toBe(length);
  });

  test('another text of the definition is another model', () => {
    const store = new MapStore();
    const models = new StoredModels(store);
    models.compile(square(), nothing, nothing);
    models.compile(square('another word'), nothing, nothing);
    models.save();
    // Questions and model of each.
    expect(store.texts.size).toBe(4);
  });

  test('numbers that JSON has no words for come back', () => {
    const record = new ModelRecord(undefined, () => ({
      facts: {
        unknowns: [{ name: 's', kind: 'state', quantity: 'state', bounds: [-0, Infinity] }],
        modelSlots: [],
        instanceSlots: [],
      } as never,
      names: [],
      plans: { layout: undefined as never, get: () => [] },
      write: () => '',
    }));
    const again = new ModelRecord(record.text(), () => {
      throw new Error('not needed');
    });
    expect(Object.is(again.facts.unknowns[0].bounds?.[0], -0)).toBe(true);
    expect(again.facts.unknowns[0].bounds?.[1]).toBe(Infinity);
  });
});

function plainArguments(): Parameters<typeof compileModel> {
  const definition = square();
  return [definition, structureOf(definition, nothing, nothing)];
}

function lengthOf({ texts }: MapStore): number {
  return [...texts.values()].reduce((sum, text) => sum + text.length, 0);
}
