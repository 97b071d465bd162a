import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../src/base/wasm/byte-buffer.js';
import { compileModule, createMemory, instantiate } from '../../../src/base/wasm/engine.js';
import type { WasmFunction } from '../../../src/base/wasm/engine.js';
import type { FunctionBuilder } from '../../../src/base/wasm/function-builder.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';
import { f64, f64x2, i32, i64 } from '../../../src/base/wasm/opcodes.js';

const unary = { params: ['f64'], results: ['f64'] } as const;
const memory = createMemory(1);

function run(module: WasmModule, functions = {}): Readonly<Record<string, WasmFunction>> {
  return instantiate(compileModule(module.build()), memory, functions);
}

describe('numbers in bytes', () => {
  const written = (write: (out: ByteBuffer) => void): number[] => {
    const out = new ByteBuffer(1);
    write(out);
    return [...out.contents()];
  };

  // Wikipedia's and DWARF 4's examples (7.6, figures 22 and 23), and both ends of the ranges.
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %d', (value, bytes) => {
    expect(
      written((out) => {
        out.unsigned(value);
      }),
    ).toEqual(bytes);
  });

  test.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [0x7fffffff, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-0x80000000, [0x80, 0x80, 0x80, 0x80, 0x78]],
    [0xffffffff, [0x7f]],
  ])('signed %d', (value, bytes) => {
    expect(
      written((out) => {
        out.signed(value);
      }),
    ).toEqual(bytes);
    expect(
      written((out) => {
        out.signed64(BigInt(value | 0));
      }),
    ).toEqual(bytes);
  });

  test('signed, 64 bits', () => {
    const ends = [...Array<number>(9).fill(0x80), 0x7f];
    expect(
      written((out) => {
        out.signed64(-(1n << 63n));
      }),
    ).toEqual(ends);
    expect(
      written((out) => {
        out.signed64((1n << 64n) - 1n);
      }),
    ).toEqual([0x7f]);
  });
});

describe('modules', () => {
  test('constants survive the way through the engine', () => {
    const module = new WasmModule();
    const doubles = [0, -0, 1 / 3, -1e308, 5e-324, Infinity];
    doubles.forEach((x, i) =>
      module
        .function({ params: [], results: ['f64'] }, `d${i}`)
        .f64Const(x)
        .end(),
    );
    const words = [0, 63, 64, -64, -65, 8191, 8192, 0x7fffffff, -0x80000000];
    words.forEach((x, i) =>
      module
        .function({ params: [], results: ['i32'] }, `w${i}`)
        .i32Const(x)
        .end(),
    );
    const calls = run(module);
    doubles.forEach((x, i) => {
      expect(calls[`d${i}`]()).toBe(x);
    });
    words.forEach((x, i) => {
      expect(calls[`w${i}`]()).toBe(x);
    });
  });

  test('a function is called before it is defined, and recursion ends', () => {
    const module = new WasmModule();
    const outer = module.function(unary, 'outer');
    const inner = module.function(unary);
    outer.get(0).call(inner.index).f64Const(1).op(f64.add).end();
    // n! by recursion
    inner.get(0).f64Const(1).op(f64.le).if('f64').f64Const(1).else();
    inner.get(0).get(0).f64Const(1).op(f64.sub).call(inner.index).op(f64.mul).end().end();
    expect(run(module).outer(5)).toBe(121);
  });

  test('imported functions, and types once each', () => {
    const module = new WasmModule();
    const twice = module.importFunction('twice', unary);
    module.function(unary, 'f').get(0).call(twice).end();
    module.function(unary, 'g').get(0).op(f64.neg).end();
    const bytes = module.build();
    // The type section comes first: id 1, its length, the number of types.
    expect(bytes[10]).toBe(1);
    const calls = run(module, { twice: (x: number) => 2 * x });
    expect([calls.f(4), calls.g(4)]).toEqual([8, -4]);
    expect(() => module.importFunction('late', unary)).toThrow('before');
  });

  test('a loop over memory with locals of several types', () => {
    const module = new WasmModule();
    const f = module.function({ params: ['i32', 'i32'], results: ['f64'] }, 'sum');
    const sum = f.local('f64');
    const wide = f.local('i64');
    const other = f.local('f64');
    f.block().loop();
    f.get(1).op(i32.eqz).brIf(1);
    f.get(sum).get(0).f64Load(16).op(f64.add).set(sum);
    f.get(wide)
      .i64Const(1n << 40n)
      .op(i64.add)
      .set(wide);
    f.get(0).i32Const(8).op(i32.add).set(0);
    f.get(1).i32Const(1).op(i32.sub).set(1).br(0).end().end();
    f.get(wide)
      .op(f64.fromI64)
      .f64Const(2 ** -40)
      .op(f64.mul)
      .set(other);
    f.get(sum).f64Const(1000).get(other).op(f64.mul).op(f64.add).end();
    new Float64Array(memory.buffer).set([7, 7, 1, 2, 3, 4]);
    // 1 + 2 + 3 + 4, and 1000 for each of four rounds
    expect(run(module).sum(0, 4)).toBe(4010);
  });

  test('two lanes at a time', () => {
    const module = new WasmModule();
    const f = module.function({ params: ['f64'], results: ['f64'] }, 'f');
    const v = f.local('v128');
    f.i32Const(0).v128Load(8).get(0).op(f64x2.splat).op(f64x2.mul).set(v);
    f.i32Const(0).get(v).v128Store(64);
    f.i32Const(0).v128LoadSplat(8).get(v).op(f64x2.sub).op(f64x2.abs).f64Const(9).replaceLane(0);
    f.set(v).get(v).extractLane(0).get(v).extractLane(1).op(f64.add).end();
    const values = new Float64Array(memory.buffer);
    values.set([0, 3, -5], 0);
    // lanes (3, −5) × 2 = (6, −10); |(3, 3) − (6, −10)| = (3, 13); 9 + 13
    expect(run(module).f(2)).toBe(22);
    expect([...values.slice(8, 10)]).toEqual([6, -10]);
  });

  test('select, return, drop and saturation', () => {
    const module = new WasmModule();
    const f = module.function({ params: ['f64'], results: ['i32'] }, 'f');
    f.get(0).f64Const(0).op(f64.lt).if().i32Const(-1).return().end();
    f.f64Const(3).drop().get(0).op(i32.saturateF64).i32Const(5);
    f.get(0).f64Const(100).op(f64.gt).select().end();
    const calls = run(module);
    expect([calls.f(-2), calls.f(50), calls.f(1e300)]).toEqual([-1, 5, 0x7fffffff]);
  });

  test('shared memory', () => {
    const module = new WasmModule({ initial: 1, maximum: 2, shared: true });
    const f = module.function({ params: [], results: ['f64'] }, 'f');
    f.i32Const(0).f64Load().end();
    const shared = createMemory(1, 2, true);
    new Float64Array(shared.buffer)[0] = 42;
    expect(instantiate(compileModule(module.build()), shared).f()).toBe(42);
  });

  test('atomic words', () => {
    const shared = createMemory(1, 1, true);
    const answer = (write: (f: FunctionBuilder) => FunctionBuilder): number => {
      const module = new WasmModule({ initial: 1, maximum: 1, shared: true });
      write(module.function({ params: [], results: ['i32'] }, 'f')).end();
      return instantiate(compileModule(module.build()), shared).f();
    };
    const load = (f: FunctionBuilder): FunctionBuilder => f.i32Const(0).i32AtomicLoad(64);
    expect(answer((f) => load(f.i32Const(0).i32Const(40).i32AtomicStore(64)))).toBe(40);
    // Adding gives what stood there before.
    expect(answer((f) => f.i32Const(0).i32Const(2).i32AtomicAdd(64))).toBe(40);
    expect(answer(load)).toBe(42);
    // Nobody is woken; another number stands there; nobody wakes this thread within 1 µs.
    expect(answer((f) => f.i32Const(0).i32Const(1).atomicNotify(64))).toBe(0);
    const wait = (value: number) => (f: FunctionBuilder) =>
      f.i32Const(0).i32Const(value).i64Const(1000n).i32AtomicWait(64);
    expect(answer(wait(41))).toBe(1);
    expect(answer(wait(42))).toBe(2);
  });

  test('bodies above 100 kB', () => {
    const module = new WasmModule();
    const f = module.function(unary, 'f').get(0);
    for (let i = 0; i < 20_000; i++) f.f64Const(1).op(f64.add);
    f.end();
    expect(f.size).toBeGreaterThan(200_000);
    expect(run(module).f(1)).toBe(20_001);
  });
});
