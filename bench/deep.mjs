/**
 * Contrastive divergence of Boltzmann machines, one thread: images, floating-point operations of the
 * products of matrices, and updates of weights per second, in floating point and on OxRAM devices
 * (mini-batches of 100). Seconds are of the processor, not of the clock. Needs a build; `node
 * bench/deep.mjs [folder with the built library]`, or `npx tsx bench/deep.mjs src` without one.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = pathToFileURL(resolve(process.argv[2] ?? 'dist') + '/').href;
const { MatrixKernels } = await import(new URL('arch/tensor/index.js', root));
const { BoltzmannMachine, CodedArray, FloatArray, logisticNeuron, oxramNeuron, TabulatedNeuron } =
  await import(new URL('arch/networks/deep/index.js', root));

const batch = 100;
const rules = {
  float: { learningRate: 0.1, momentum: [0.5, 0.9], penalty: 2e-4 },
  oxram: { leastStep: 1 / 64, deadBand: 2 },
};

function seconds(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function machineOf(kind, visible, hidden) {
  const size = { visible, hidden, batch };
  const columns = Math.max(visible, hidden);
  const kernels = new MatrixKernels(
    BoltzmannMachine.bytes(size) + MatrixKernels.reservedBytes(columns),
  );
  kernels.reserve(columns);
  const learnt = (values) =>
    kind === 'oxram' ? new CodedArray(values, rules.oxram) : new FloatArray(values, rules.float);
  const neuron = kind === 'oxram' ? oxramNeuron(1, 0.5, 0.4) : logisticNeuron();
  const weights = kernels.array(visible * hidden);
  weights.forEach((_, k) => (weights[k] = 0.01 * Math.sin(k)));
  const parts = {
    weights: learnt(weights),
    visibleBias: learnt(new Float32Array(visible)),
    hiddenBias: learnt(new Float32Array(hidden)),
    hiddenNeuron: new TabulatedNeuron(neuron),
    visibleNeuron: new TabulatedNeuron(logisticNeuron()),
  };
  return new BoltzmannMachine(kernels, size, parts, kind === 'oxram');
}

console.log('mini-batches of contrastive divergence, one thread');
for (const [visible, hidden] of [
  [784, 100],
  [784, 160],
  [160, 80],
])
  for (const kind of ['float', 'oxram']) {
    const machine = machineOf(kind, visible, hidden);
    const samples = Float32Array.from({ length: batch * visible }, (_, k) =>
      (Math.imul(k, 2654435761) >>> 24) % 5 === 0 ? 1 : 0,
    );
    let round = 0;
    const rounds = 40;
    const learn = () => {
      for (let k = 0; k < rounds; k++, round++) machine.learn(samples, batch, 9, 1, round);
    };
    const time = Math.min(...Array.from({ length: 5 }, () => seconds(learn))) / rounds;
    // Three products on the way and two sums of outer products, two operations each.
    const gflops = (10 * batch * visible * hidden) / time / 1e9;
    const updates = (visible * hidden + visible + hidden) / time / 1e6;
    const images = Math.round(batch / time);
    console.log(
      `  ${`${visible} x ${hidden}, ${kind}`.padEnd(18)} ${(1e3 * time).toFixed(2)} ms, ${images} images/s, ${gflops.toFixed(1)} GFLOP/s, ${updates.toFixed(0)} million updates/s`,
    );
  }
