/**
 * Sparse LU of several matrices of one pattern side by side: microseconds of a refactorization and
 * solution per matrix, and how much faster that is than one matrix at a time.
 * Needs a build; `node bench/linear-lanes.mjs [largest n]`.
 */
import { grid, ladder, matrixOf, randomStream, scattered } from './matrices.mjs';
import { compileModule, createMemory, instantiate } from '../dist/base/wasm/engine.js';
import { WasmModule } from '../dist/base/wasm/module-builder.js';
import {
  analyze,
  emitLaneKernels,
  emitLinearKernels,
  factor,
  laneScratchBytes,
  linearScratchBytes,
} from '../dist/solver/linear/index.js';

function compile(factors, values, lanes) {
  const { n } = factors;
  const rhs = 8 * lanes * values.length;
  const addresses = { values: 0, rhs, scratch: rhs + 8 * lanes * n };
  const own = lanes === 1 ? linearScratchBytes(factors) : laneScratchBytes(factors, lanes);
  const pages = Math.ceil((addresses.scratch + own) / 65_536);
  const module = new WasmModule({ initial: pages });
  const kernels =
    lanes === 1
      ? emitLinearKernels(module, factors, addresses)
      : emitLaneKernels(module, factors, addresses, lanes);
  module.export('refactor', kernels.refactor);
  module.export('solve', kernels.solve);
  const memory = createMemory(pages);
  kernels.initialize(memory.buffer);
  const { refactor, solve } = instantiate(compileModule(module.build()), memory);
  new Float64Array(memory.buffer, 0, lanes * values.length).set(
    Float64Array.from({ length: lanes * values.length }, (_, p) => values[Math.floor(p / lanes)]),
  );
  const sides = new Float64Array(memory.buffer, rhs, lanes * n);
  return () => {
    sides.fill(1);
    refactor();
    solve();
  };
}

/** Of the fastest of many rounds of a few milliseconds. */
function microseconds(action) {
  let repeats = 1;
  let best = Infinity;
  for (let spent = 0; spent < 1500;) {
    const start = performance.now();
    for (let r = 0; r < repeats; r++) action();
    const time = performance.now() - start;
    spent += time;
    if (time < 3) repeats *= 2;
    else best = Math.min(best, time / repeats);
  }
  return 1000 * best;
}

const largest = Number(process.argv[2] ?? 10_000);
process.stdout.write('| matrix | n | 1 | 2 lanes | 4 lanes | 8 lanes | gain |\n');
process.stdout.write('|---|---|---|---|---|---|---|\n');
const cases = [
  ['ladder', ladder, [10, 100, 1000]],
  ['mesh', grid, [9, 49, 100, 400, 1024, 10_000]],
  ['random', scattered, [10, 100, 1000]],
];
for (const [name, make, orders] of cases) {
  for (const order of orders.filter((n) => n <= largest)) {
    const { pattern, values } = matrixOf(make(order, randomStream(20 + order)));
    const factors = factor(analyze(pattern), values);
    const times = [1, 2, 4, 8].map(
      (lanes) => microseconds(compile(factors, values, lanes)) / lanes,
    );
    const gain = times[0] / Math.min(...times.slice(1));
    const cells = [...times.map((time) => time.toPrecision(3)), gain.toPrecision(3)];
    process.stdout.write(`| ${name} | ${order} | ${cells.join(' | ')} |\n`);
  }
}
