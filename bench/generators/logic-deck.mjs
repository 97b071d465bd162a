// Writes a circuit of gates as a deck of static CMOS cells, in BSIM4 90 nm or in level-1 cards.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { models as levelOne } from './logic-cells.mjs';

const cards = join(import.meta.dirname, '..', '..', 'circuits', 'models', 'cmos-90nm.lib');

/** Widths of single transistors; those in series are as many times wider. Lengths in m. */
export const technologies = {
  bsim4: {
    supply: 1.2,
    n: 'nmos90',
    p: 'pmos90',
    l: 0.09e-6,
    wn: 0.24e-6,
    wp: 0.48e-6,
    diffusion: 0.22e-6,
    edge: 30e-12,
    load: 0.5e-15,
    models: () => readFileSync(cards, 'utf8').replace(/^\*.*\n/gm, ''),
  },
  mos1: {
    supply: 1.8,
    n: 'n1',
    p: 'p1',
    l: 0.18e-6,
    wn: 0.9e-6,
    wp: 3.6e-6,
    diffusion: 0.5e-6,
    edge: 50e-12,
    load: 2e-15,
    models: () => levelOne,
  },
};

/**
 * A deck that sets the inputs of a circuit to vectors, one after the other.
 * @param net a `GateNetlist`; its signals are nodes of the deck
 * @param vectors [{ input: boolean }]
 * @param slot seconds for each vector
 */
export function logicDeck(title, net, vectors, slot, technology = 'bsim4', options = 'acct') {
  const process = technologies[technology];
  const kinds = [...new Set(net.gates.map(cellOf))].sort();
  const saved = net.outputs.map(({ signal }) => `v(${signal})`);
  return `${title}, ${net.transistors} transistors
${process.models().trim()}
${kinds.map((kind) => cell(kind, process)).join('\n')}
vdd vdd 0 ${process.supply}
${net.inputs.map((name) => source(name, vectors, slot, process)).join('\n')}
${net.gates.map(gateCard).join('\n')}
${net.outputs.map(({ name, signal }) => `* output ${name}: v(${signal})`).join('\n')}
.options ${options}
.save ${[...new Set(saved)].join(' ')}
.tran 10p ${vectors.length * slot}
.end
`;
}

/** Vectors whose bits are drawn by `random`, a function of values below 1. */
export function randomVectors(net, count, random) {
  return Array.from({ length: count }, () =>
    Object.fromEntries(net.inputs.map((name) => [name, random() < 0.5])),
  );
}

/**
 * Outputs that are not what the circuit computes when a slot ends, as 'name at vector k'.
 * @param voltage (node, time) → V
 */
export function wrongOutputs(net, vectors, slot, technology, voltage) {
  const { supply } = technologies[technology];
  return vectors.flatMap((vector, k) => {
    const expected = net.evaluate(vector);
    const time = (k + 1) * slot * (1 - 1e-6);
    return net.outputs
      .filter(
        ({ name, signal }) =>
          Math.abs(voltage(signal, time) - supply * expected[name]) > 0.1 * supply,
      )
      .map(({ name }) => `${name} at vector ${k}`);
  });
}

function cellOf({ kind, inputs }) {
  return kind === 'not' ? 'inverter' : `${kind}${inputs.length}`;
}

function gateCard(gate) {
  const { inputs, output } = gate;
  return `x${output} ${inputs.join(' ')} ${output} vdd ${cellOf(gate)}`;
}

/** A subcircuit: transistors of one polarity in series, of the other in parallel. */
function cell(kind, process) {
  const count = kind === 'inverter' ? 1 : Number(kind.at(-1));
  const inputs = Array.from({ length: count }, (_, k) => `i${k + 1}`);
  const isNor = kind.startsWith('nor');
  const [serial, parallel] = isNor ? ['p', 'n'] : ['n', 'p'];
  const rail = { n: '0', p: 'vdd' };
  const lines = inputs.map((gate, k) => {
    const upper = k === 0 ? 'out' : `${serial}${k}`;
    const lower = k === count - 1 ? rail[serial] : `${serial}${k + 1}`;
    return transistor(serial, k + 1, upper, gate, lower, rail[serial], count, process);
  });
  for (const [k, gate] of inputs.entries())
    lines.push(
      transistor(parallel, k + 1, 'out', gate, rail[parallel], rail[parallel], 1, process),
    );
  return `.subckt ${kind} ${inputs.join(' ')} out vdd
${lines.join('\n')}
cl out 0 ${process.load}
.ends`;
}

function transistor(type, k, drain, gate, source, bulk, times, process) {
  const w = (type === 'n' ? process.wn : process.wp) * times;
  const area = number(w * process.diffusion);
  const perimeter = number(2 * (w + process.diffusion));
  const size = `w=${number(w)} l=${number(process.l)}`;
  return `m${type}${k} ${drain} ${gate} ${source} ${bulk} ${process[type]} ${size} ad=${area} as=${area} pd=${perimeter} ps=${perimeter}`;
}

/** A source whose value changes with the slots. */
function source(name, vectors, slot, { supply, edge }) {
  const values = vectors.map((vector) => (vector[name] ? supply : 0));
  const points = [`0 ${values[0]}`];
  for (let k = 1; k < values.length; k++) {
    if (values[k] === values[k - 1]) continue;
    const time = k * slot;
    points.push(`${number(time)} ${values[k - 1]}`, `${number(time + edge)} ${values[k]}`);
  }
  return `v${name} ${name} 0 ${points.length > 1 ? `pwl(${points.join(' ')})` : values[0]}`;
}

function number(value) {
  return String(Number(value.toPrecision(6)));
}
