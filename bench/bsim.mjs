// What one evaluation of a transistor costs, ours and ngspice's, and what compiling the model takes:
//
//     node bench/bsim.mjs [rounds = 5]
//
// For each card of circuits/models/ 100 n-channel and 100 p-channel transistors stand between ten
// gate and ten drain sources, sines of different phase, so that all regions occur: no two of one
// polarity have the same bias. The transient runs at forced steps of 10 ps.
//
//     ours      x, charges and history of 40 points of the run are put back one after the other, and
//               all devices are evaluated for each (f, q and every derivative, in the integration
//               formula), less the copying; CPU time, the best of the rounds
//     ngspice   user CPU seconds times the part of `Transient load time` in `Total elapsed time` (both of
//               `.options acct`), over transistors times `Transient iterations`, one thread, the best
//               of the rounds. Its sources and convergence tests are in it, under 2 %
//     compile   CPU time from a card to the steps of its evaluations, without the engine, in a
//               process that has compiled nothing before; then in another one with what the first
//               one kept, as the cache of the command line does
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseNetlist } from '../dist/netlist/index.js';
import { AnalysisContext } from '../dist/solver/analyses/analysis.js';
import { analyses, bindOptions, compileInstance, System } from '../dist/solver/index.js';
import { newStatistics } from '../dist/solver/statistics.js';

const rows = 10;
const transistors = 2 * rows * rows;
const cards = [
  { file: 'cmos-90nm.lib', supply: 1.2, size: 'l=90n w=0.9u ad=0.16p as=0.16p pd=1.6u ps=1.6u' },
  { file: 'cmos-130nm.lib', supply: 1.3, size: 'l=130n w=1.3u ad=0.4p as=0.4p pd=2u ps=2u' },
  { file: 'cmos-180nm.lib', supply: 1.8, size: 'l=180n w=1.8u ad=0.8p as=0.8p pd=2.7u ps=2.7u' },
];

if (process.argv[2] === '--compile') await compileOnce(process.argv[3], process.argv[4]);
else report(Number(process.argv[2] ?? 5));

function report(rounds) {
  console.log('card             model   ours ns  ngspice ns  ratio   compile ms  from cache ms');
  for (const card of cards) {
    const text = deckOf(card);
    const level = /level\s*=\s*(\d+)/.exec(text)[1];
    const ours = ownNanoseconds(text, rounds);
    const theirs = ngspiceNanoseconds(text, rounds);
    const { cold, warm } = inNewProcess(text);
    const model = level === '54' || level === '14' ? 'BSIM4' : 'BSIM3';
    const cells = [
      card.file.padEnd(16),
      model.padEnd(6),
      ours.toFixed(0).padStart(8),
      (theirs?.toFixed(0) ?? '-').padStart(11),
      (theirs ? (ours / theirs).toFixed(2) : '-').padStart(6),
      cold.toFixed(0).padStart(12),
      warm.toFixed(0).padStart(14),
    ];
    console.log(cells.join(' '));
  }
}

function deckOf({ file, supply, size }) {
  const library = readFileSync(join(import.meta.dirname, '..', 'circuits', 'models', file), 'utf8');
  const [n, p] = ['nmos', 'pmos'].map(
    (kind) => new RegExp(`\\.model (\\S+) ${kind}`).exec(library)[1],
  );
  const sine = (hertz, delay) => `sin(${supply / 2} ${supply / 2} ${hertz} ${delay}n)`;
  const lines = [];
  for (let i = 0; i < rows; i++) {
    lines.push(`vg${i} g${i} 0 ${sine('1g', (0.07 * i).toFixed(2))}`);
    lines.push(`vd${i} d${i} 0 ${sine('0.7g', (0.11 * i).toFixed(2))}`);
    for (let j = 0; j < rows; j++) {
      lines.push(`mn${i}_${j} d${i} g${j} 0 0 ${n} ${size}`);
      lines.push(`mp${i}_${j} d${i} g${j} vdd vdd ${p} ${size}`);
    }
  }
  return `Transistors at many biases
${library}
vdd vdd 0 ${supply}
${lines.join('\n')}
.options acct
.save v(d0)
.tran 10p 4n 0 10p
.end
`;
}

function systemOf(text, compile = compileInstance) {
  const { circuit } = parseNetlist(text);
  return new System(circuit, bindOptions(circuit.options, []), compile);
}

function ownNanoseconds(text, rounds) {
  const system = systemOf(text);
  const { values } = system.memory;
  const context = new AnalysisContext(system, newStatistics(), []);
  const [card] = system.circuit.analyses;
  const { steps } = analyses.find(({ name }) => name === card.name).start(context, card);
  const points = [];
  for (let k = 0, next = steps.next(1); !next.done; next = steps.next(1))
    if (k++ % 10 === 0 && points.length < 40) points.push(values.slice());
  const repeats = 5;
  const through = (action) => {
    for (const point of points) {
      values.set(point);
      for (let k = 0; k < repeats; k++) action();
    }
  };
  const evaluate = () => system.evaluation.evaluateTransient();
  through(evaluate);
  let [best, copying] = [Infinity, Infinity];
  for (let round = 0; round < 4 * rounds; round++) {
    best = Math.min(
      best,
      cpuMicroseconds(() => through(evaluate)),
    );
    copying = Math.min(
      copying,
      cpuMicroseconds(() => through(() => undefined)),
    );
  }
  return (1e3 * (best - copying)) / (points.length * repeats * transistors);
}

function cpuMicroseconds(action) {
  const start = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function ngspiceNanoseconds(text, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'oxspice-bsim-'));
  try {
    const deck = join(folder, 'deck.cir');
    writeFileSync(deck, text);
    const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
    const words = ['-b', '-r', join(folder, 'out.raw'), deck];
    let best = Infinity;
    for (let round = 0; round < rounds; round++) {
      const script = `TIMEFORMAT='user=%U'; time ngspice ${words.map((word) => `'${word}'`).join(' ')}`;
      const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
        encoding: 'utf8',
        env,
      });
      if (status !== 0) return undefined;
      const figure = (label) => Number(new RegExp(`^${label}\\s*=\\s*(\\S+)`, 'm').exec(stdout)[1]);
      const seconds = Number(/user=([\d.]+)/.exec(stderr)[1]);
      const part = figure('Transient load time') / figure('Total elapsed time \\(seconds\\)');
      const loads = figure('Transient iterations') * transistors;
      best = Math.min(best, (1e9 * seconds * part) / loads);
    }
    return best;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds of CPU in processes of their own: nothing kept, then what the first one kept. */
function inNewProcess(text) {
  const folder = mkdtempSync(join(tmpdir(), 'oxspice-bsim-'));
  try {
    const [deck, kept] = [join(folder, 'deck.cir'), join(folder, 'kept.json')];
    const [transistor] = /^mn0_0 .*$/m.exec(text);
    writeFileSync(
      deck,
      text.replace(/^m.*\n/gm, '').replace('.options', `${transistor}\n.options`),
    );
    const run = () => {
      const words = [fileURLToPath(import.meta.url), '--compile', deck, kept];
      const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return Number(stdout);
    };
    return { cold: run(), warm: run() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compileOnce(deck, file) {
  const { StoredModels } = await import('../dist/devices/language/stored-models.js');
  const kept = new Map(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  const store = { read: (key) => kept.get(key), write: (key, text) => kept.set(key, text) };
  const models = new StoredModels(store);
  const { circuit } = parseNetlist(readFileSync(deck, 'utf8'));
  const { definition, card, parameters } = circuit.instances.find(({ name }) => name === 'mn0_0');
  const microseconds = cpuMicroseconds(() => {
    const { plans } = models.compile(definition, card.parameters, parameters);
    for (const name of ['evaluateStatic', 'evaluateTransient']) plans.get(name);
  });
  models.save();
  writeFileSync(file, JSON.stringify([...kept]));
  process.stdout.write(String(microseconds / 1e3));
}
