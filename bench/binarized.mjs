/**
 * Binarized networks on pairs of weak-RESET devices, one thread: updates of pairs per second,
 * floating-point operations of the products of matrices, and images per second of whole steps of
 * learning (784-3000-10, batches of 1000). Seconds are of the processor, not of the clock, so that a
 * busy machine does not change them much. Needs a build; `node bench/binarized.mjs [folder with the
 * built library]`, or `npx tsx bench/binarized.mjs src` without one.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = pathToFileURL(resolve(process.argv[2] ?? 'dist') + '/').href;
const { MatrixKernels } = await import(new URL('arch/tensor/index.js', root));
const { BinaryNetwork, chainShapes, PackedNetwork, PairKernels, weightsOf } = await import(
  new URL('arch/networks/binary/index.js', root)
);

const usual = {
  seed: 1,
  run: 0,
  spread: 'truncated',
  telegraph: 'everywhere',
  start: 'low',
  pink: true,
  taps: 15,
  noise: 'printed',
  rounding: 'nearest',
  mostPulses: 14,
  initialPulses: 0,
  budget: 0x7fffffff,
};
const silent = { telegraph: 'none', pink: false };

function seconds(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Least of a few rounds, the first of which is for the compiler. */
function least(rounds, run) {
  return Math.min(...Array.from({ length: rounds }, () => seconds(run)));
}

function pairUpdates(title, own) {
  const count = 300_000;
  const bytes = PairKernels.bytes(14) + PairKernels.bytesOfPairs(count) + 4 * count + 1024;
  const kernels = new MatrixKernels(bytes);
  const array = kernels.array(count);
  const pulses = new Int32Array(array.buffer, array.byteOffset, count);
  // −14 … 14 in no order, none of them 0.
  for (let i = 0; i < count; i++) pulses[i] = ((Math.imul(i, 40503) >>> 7) % 14) + 1;
  for (let i = 0; i < count; i++) if ((Math.imul(i, 2654435761) >>> 13) & 1) pulses[i] *= -1;
  const pairs = new PairKernels(kernels, { ...usual, ...own }).pairs(count, 0);
  const time = least(8, () => pairs.apply(pulses));
  const rate = `${(count / time / 1e6).toFixed(1)} M/s`;
  console.log(`  ${title.padEnd(28)} ${rate}  (${((time / count) * 1e9).toFixed(0)} ns)`);
}

function products() {
  const [m, n, k] = [1000, 3000, 784];
  const bytes = 4 * (m * k + n * k + m * n) + MatrixKernels.reservedBytes(n) + 1024;
  const kernels = new MatrixKernels(bytes);
  kernels.reserve(n);
  const [x, w, z] = [kernels.array(m * k), kernels.array(n * k), kernels.array(m * n)];
  const forward = { a: x, b: w, c: z, m, n, k, transposeB: true };
  const back = { a: z, b: x, c: w, m: n, n: k, k: m, transposeA: true };
  for (const [title, product] of Object.entries({
    'sums of a layer': forward,
    'gradient of its weights': back,
  })) {
    const time = least(3, () => kernels.multiply(product));
    console.log(`  ${title.padEnd(28)} ${((2e-9 * m * n * k) / time).toFixed(1)} GFLOP/s`);
  }
}

function learning() {
  const layer = (outputs) => ({ outputs, kernel: 0, pool: false });
  const shapes = chainShapes({ planes: 784, rows: 1, columns: 1 }, [layer(3000), layer(10)]);
  const count = shapes.reduce((sum, shape) => sum + weightsOf(shape), 0);
  const bytes = PairKernels.bytes(14) + PairKernels.bytesOfPairs(count) + 1024;
  let pairs;
  let first = 0;
  const network = new BinaryNetwork(shapes, bytes, (kernels, length) => {
    pairs ??= new PairKernels(kernels, usual);
    const own = pairs.pairs(length, first);
    first += 2 * length;
    return own;
  });
  const inputs = Int16Array.from({ length: 784_000 }, (_, k) => (Math.imul(k, 40503) >>> 5) & 255);
  const labels = Uint8Array.from({ length: 1000 }, (_, k) => k % 10);
  const rates = { weights: 100, digital: 8e-3 };
  const show = (title, time) =>
    console.log(`  ${title.padEnd(28)} ${(1000 / time).toFixed(0)} images/s`);
  const time = least(4, () => network.learn(inputs, labels, 1000, rates));
  show('learning', time);
  console.log(`  ${''.padEnd(28)} ${((6e-9 * 1000 * count) / time).toFixed(1)} GFLOP/s in all`);
  show(
    'answers by products',
    least(3, () => network.respond(inputs, 1000)),
  );
  const packed = new PackedNetwork(network);
  show(
    'answers by counting bits',
    least(3, () => packed.respond(inputs, 1000)),
  );
}

console.log('pairs of devices, one step of learning each:');
pairUpdates('noise and spread', {});
pairUpdates("noise of the authors' program", { noise: 'program' });
pairUpdates('noise', { spread: 'none' });
pairUpdates('spread', silent);
pairUpdates('neither', { ...silent, spread: 'none', initialPulses: 30 });
console.log('products of 1000 × 784 × 3000:');
products();
console.log('784-3000-10:');
learning();
