/**
 * Nanoseconds per call of the elementary functions: compiled into WebAssembly, called from a loop in
 * the same module; `Math`'s in a JavaScript loop; and `Math`'s imported into WebAssembly. Each loop
 * sums f(x) over 1024 numbers in memory; the best of several rounds counts, less the empty loop's.
 * Needs a build; `node bench/elementary.mjs [folder with the built library]`.
 */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const root = pathToFileURL(resolve(process.argv[2] ?? 'dist') + '/').href;
const load = (name) => import(new URL(`base/wasm/${name}.js`, root));
const { WasmModule } = await load('module-builder');
const { f64, i32 } = await load('opcodes');
const { elementary } = await load('elementary-functions');
const { elementaryTableBytes, writeElementaryTables } = await load('elementary-tables');
const { compileModule, createMemory, instantiate } = await load('engine');

const count = 1024;
const repeats = 200;
const ranges = {
  exp: [-30, 30],
  log: [1e-3, 50],
  pow: [0.1, 10],
  tanh: [-3, 3],
  sin: [-10, 10],
  expm1: [-5, 5],
  log1p: [0, 5],
  atan: [-5, 5],
  mod: [0, 20],
};
const exponent = 1.7;

/** Sums call(x) over the numbers; without a call, x itself. */
function sumLoop(module, name, call, binary) {
  const f = module.function({ params: [], results: ['f64'] }, name);
  const [sum, address] = [f.local('f64'), f.local('i32')];
  f.loop().get(sum).get(address).f64Load(elementaryTableBytes);
  if (binary) f.f64Const(exponent);
  if (call !== undefined) f.call(call);
  f.op(f64.add).set(sum);
  f.get(address).i32Const(8).op(i32.add).tee(address);
  f.i32Const(8 * count)
    .op(i32.lt)
    .brIf(0)
    .end()
    .get(sum)
    .end();
}

/** Nanoseconds per element, the best of 25 rounds. */
function measure(run) {
  let best = Infinity;
  for (let round = 0; round < 25; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < repeats; i++) run();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / (count * repeats));
  }
  return best;
}

const javascript = (name, binary) => {
  if (name === 'pow') return (x) => x ** exponent;
  if (name === 'mod') return (x) => x % exponent;
  return binary ? (x) => Math[name](x, exponent) : Math[name];
};

const memory = createMemory(1);
writeElementaryTables(memory.buffer);
const xs = new Float64Array(memory.buffer, elementaryTableBytes, count);

console.log('function   wasm  Math in JS  Math imported   (ns per call)');
for (const [name, [low, high]] of Object.entries(ranges)) {
  const binary = name === 'pow' || name === 'mod';
  const module = new WasmModule();
  const params = binary ? ['f64', 'f64'] : ['f64'];
  const imported = module.importFunction('imported', { params, results: ['f64'] });
  sumLoop(module, 'own', elementary(module, name), binary);
  sumLoop(module, 'foreign', imported, binary);
  sumLoop(module, 'empty', undefined, false);
  const direct = javascript(name, binary);
  const foreign = name === 'pow' ? Math.pow : name === 'mod' ? (x, y) => x % y : Math[name];
  const loops = instantiate(compileModule(module.build()), memory, { imported: foreign });
  // Neither sorted nor in a pattern: the golden ratio's multiples.
  xs.forEach((_, i) => (xs[i] = low + (high - low) * ((i * 0.618033988749895) % 1)));
  const body = `let s = 0; for (let i = 0; i < ${count}; i++) s += f(xs[i]); return s;`;
  const inScript = new Function('f', 'xs', body);
  const empty = measure(loops.empty);
  const times = [loops.own, () => inScript(direct, xs), loops.foreign].map(
    (run) => measure(run) - empty,
  );
  const [own, script, through] = times.map((ns) => ns.toFixed(1));
  console.log(
    `${name.padEnd(8)} ${own.padStart(6)} ${script.padStart(10)} ${through.padStart(12)}`,
  );
}
