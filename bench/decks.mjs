// The cases of the benchmark. A case has
//
//     name, text        our deck
//     ngspice           what ngspice is given, where it is not the same deck
//     family, size      of the same circuit in several sizes: cost per point over size is plotted
//     quick             runs with --quick
//     reference         what --check compares with: 'settled' as in scripts/ngspice/reference.mjs;
//                       'finer', one run of ngspice with tighter tolerances, where that takes too long
//     signals           which of them, where not all
//     rules             how waveforms are compared, where not by rms of each: scripts/ngspice/rules.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrayMultiplier, transistors } from './generators/array-multiplier.mjs';
import { memristorCrossbar, synapseCrossbar } from './generators/crossbars.mjs';
import { diodeNet, multiplier, rectifier } from './generators/diode-circuits.mjs';
import { inverterChain } from './generators/inverter-chain.mjs';
import {
  arithmeticUnit,
  errorCorrector,
  interruptController,
  norMultiplier,
  sixNands,
} from './generators/logic-circuits.mjs';
import { logicDeck, randomVectors } from './generators/logic-deck.mjs';
import { randomStream } from './generators/random-stream.mjs';
import { rcLadder, rcMesh, rcPulses } from './generators/rc-circuits.mjs';

/** The ring of circuits/, for 50 ns: forced to 2 ps as it stands there, or left to its error control. */
function ring(tran) {
  const file = join(import.meta.dirname, '..', 'circuits', 'digital', 'ring-oscillator.cir');
  return readFileSync(file, 'utf8')
    .replace(/^\.(print|meas)\b.*\n/gm, '')
    .replace(/^\.tran.*$/m, `.tran ${tran}`)
    .replace(/^\.end$/m, '.options acct\n.end');
}

/** Zero, largest times largest, one bit, and two numbers whose product carries along half the rows. */
const operands = [
  [0, 0],
  [65535, 65535],
  [1, 32768],
  [21845, 3],
];

/**
 * Three sizes. The largest, of 10304 transistors, gets slots that end before all carries have
 * rippled through: ngspice needs nearly all of its minute for them.
 */
const multipliers = [
  [4, 2e-9],
  [8, 4e-9],
  [16, 0.3e-9],
].map(([bits, slot]) => ({
  name: `array-multiplier-${bits}`,
  family: 'array-multiplier',
  size: transistors(bits),
  text: () => arrayMultiplier(bits, operands.map(lowest(bits)), slot),
  reference: 'finer',
  rules: ['p0', 'p1', 'p2', 'p3'].map(crossing),
  quick: bits === 4,
}));

function lowest(bits) {
  return (pair) => pair.map((number) => number % 2 ** bits);
}

function crossing(node) {
  return edgeAt(node, 0.9);
}

/**
 * Circuits of the classes of ISCAS-85 in BSIM4 of 90 nm, with random vectors: a slot is longer than
 * the longest path. Not so that of the largest, which gets one change of its inputs.
 */
const logic = [
  ['c17', sixNands(), 8, 0.5e-9],
  ['c432', interruptController(), 3, 1e-9],
  ['c880', arithmeticUnit(8), 3, 1e-9],
  ['c1908', errorCorrector(16, true), 3, 1e-9],
  ['c499', errorCorrector(32), 3, 1e-9],
  ['c6288', norMultiplier(16), 2, 0.5e-9],
].map(([name, net, count, slot]) => ({
  name: `logic-${name}`,
  text: () => logicDeck(`As ${name}`, net, randomVectors(net, count, randomStream(1)), slot),
  reference: 'finer',
  rules: net.outputs.slice(0, 4).map(({ signal }) => edgeAt(signal, 0.6)),
  quick: name === 'c17',
}));

function edgeAt(node, level) {
  return { kind: 'edges', signal: `v(${node})`, level, tolerance: 5e-12 };
}

const single = [
  { name: 'rc-pulses', text: rcPulses, reference: 'finer', signals: ['v(out)'], quick: true },
  { name: 'rectifier', text: rectifier, reference: 'finer', quick: true },
  { name: 'multiplier', text: multiplier, reference: 'finer', quick: true },
  { name: 'ring', text: () => ring('5p 50n'), quick: true },
  { name: 'ring-forced', text: () => ring('5p 50n 0 2p') },
  {
    name: 'inverters-3000',
    text: () => inverterChain(3000),
    reference: 'finer',
    rules: ['s1', 's10', 's50'].map(crossing),
  },
  ...multipliers,
  ...logic,
];

/** One case for each size, the quick ones up to `quick`. */
function sizes(family, make, numbers, quick) {
  return numbers.map((size) => ({
    name: `${family}-${size}`,
    family,
    size,
    text: () => make(size),
    reference: 'finer',
    quick: size <= quick,
  }));
}

/** Decks of a generator that gives ngspice another one. */
function crossbars(family, make) {
  return sizes(family, make, [8, 16, 32, 64, 128], 16).map((of) => ({
    ...of,
    text: () => make(of.size).text,
    ngspice: () => make(of.size).ngspice,
  }));
}

export const decks = [
  ...single,
  ...sizes('ladder', rcLadder, [1e2, 1e3, 1e4, 1e5, 1e6], 1e3),
  ...sizes('mesh', rcMesh, [1e2, 1e3, 1e4, 1e5, 1e6], 1e3),
  ...sizes('diode-net', diodeNet, [1e2, 1e3, 1e4, 1e5], 1e3),
  ...crossbars('crossbar-2t1m', synapseCrossbar),
  ...crossbars('crossbar-1r', memristorCrossbar),
];
