/**
 * Random but well-posed nonlinear circuits, as decks: every node has a dc path, sources agree with
 * each other, and an operating point exists because all devices are passive or saturate. Numbers are
 * drawn by the circuit's name, so that each circuit is the same for ever.
 */
import { uniform } from '../../../src/base/index.js';

export class CircuitDraws {
  readonly #key: string;
  #count = 0;

  constructor(key: string) {
    this.#key = key;
  }

  between(low: number, high: number): number {
    const draw = { seed: 7, run: 0, instance: this.#key, draw: String(this.#count++), event: 0 };
    return low + (high - low) * uniform(draw);
  }

  /** Evenly over decades. */
  magnitude(low: number, high: number): string {
    return Math.exp(this.between(Math.log(low), Math.log(high))).toPrecision(4);
  }

  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)];
  }
}

const cards = [
  '.model dx d(is=1e-14 rs=1 bv=40)',
  '.model dz d(is=1e-15 rs=5 bv=5.1 ibv=1m)',
  '.model qn npn(is=1e-16 bf=120 vaf=60 br=3 rb=50 re=1 rc=10)',
  '.model qp pnp(is=1e-16 bf=60 vaf=40 br=2 rb=80 re=2 rc=20)',
  '.model mn nmos(level=1 vto=0.7 kp=110u lambda=0.04 gamma=0.5 phi=0.7)',
  '.model mp pmos(level=1 vto=-0.8 kp=40u lambda=0.05 gamma=0.5 phi=0.7)',
  '.model jn njf(vto=-2 beta=1m lambda=5m is=1e-14)',
  '.model jp pjf(vto=2 beta=0.8m lambda=5m is=1e-14)',
];

type Family = (d: CircuitDraws) => string[];

/** A resistor from each node to the one before it and to ground, devices anywhere between. */
const mesh: Family = (d) => {
  const nodes = d.whole(4, 25);
  const node = (): string => `n${String(d.whole(0, nodes))}`;
  const lines = [`v1 n0 0 ${d.magnitude(1, 40)}`];
  for (let k = 1; k <= nodes; k++) {
    lines.push(
      `ra${String(k)} n${String(k)} n${String(d.whole(0, k - 1))} ${d.magnitude(10, 1e6)}`,
    );
    lines.push(`rb${String(k)} n${String(k)} 0 ${d.magnitude(1e3, 1e8)}`);
  }
  const devices = d.whole(nodes, 2 * nodes);
  for (let k = 0; k < devices; k++) {
    const name = String(k);
    switch (d.whole(0, 7)) {
      case 0:
        lines.push(`d${name} ${node()} ${node()} dx`);
        break;
      case 1:
        lines.push(`d${name} ${node()} ${node()} dz`);
        break;
      case 2:
        lines.push(`q${name} ${node()} ${node()} ${node()} ${d.pick(['qn', 'qp'])}`);
        break;
      case 3:
        lines.push(`m${name} ${node()} ${node()} ${node()} 0 mn w=${d.magnitude(1e-6, 1e-4)} l=1u`);
        break;
      case 4:
        lines.push(
          `m${name} ${node()} ${node()} ${node()} n0 mp w=${d.magnitude(1e-6, 1e-4)} l=1u`,
        );
        break;
      case 5:
        lines.push(`j${name} ${node()} ${node()} ${node()} ${d.pick(['jn', 'jp'])}`);
        break;
      case 6:
        lines.push(`i${name} ${node()} ${node()} ${d.magnitude(1e-9, 1e-3)}`);
        break;
      default:
        // Saturates: a limited transconductance.
        lines.push(
          `b${name} ${node()} ${node()} i=1m*tanh(${d.magnitude(0.1, 50)}*v(${node()},${node()}))`,
        );
    }
  }
  return lines;
};

const bjtAmplifier: Family = (d) => {
  const stages = d.whole(2, 6);
  const lines = [
    `vcc vcc 0 ${d.magnitude(5, 30)}`,
    `rf c${String(stages)} b1 ${d.magnitude(1e4, 1e7)}`,
  ];
  for (let k = 1; k <= stages; k++) {
    const s = String(k);
    lines.push(
      `rc${s} vcc c${s} ${d.magnitude(500, 5e4)}`,
      `re${s} e${s} 0 ${d.magnitude(10, 5e3)}`,
    );
    lines.push(`q${s} c${s} b${s} e${s} qn`, `rb${s} b${s} 0 ${d.magnitude(1e3, 1e5)}`);
    lines.push(`ru${s} vcc b${s} ${d.magnitude(1e4, 1e6)}`);
    if (k > 1) lines.push(`rl${s} c${String(k - 1)} b${s} ${d.magnitude(10, 1e4)}`);
  }
  return lines;
};

/** A pair with mirror, second stage and feedback: gains of 1e4 and more. */
const operationalAmplifier: Family = (d) => [
  `vcc vcc 0 ${d.magnitude(5, 20)}`,
  `vee vee 0 -${d.magnitude(5, 20)}`,
  `vin inp 0 ${String(d.between(-1, 1))}`,
  `q1 m inp t qn`,
  `q2 o1 inn t qn`,
  `q3 m m vcc qp`,
  `q4 o1 m vcc qp`,
  `rt t vee ${d.magnitude(5e3, 5e5)}`,
  `q5 o2 o1 vcc qp`,
  `r5 o2 vee ${d.magnitude(2e3, 1e5)}`,
  `q6 vcc o2 out qn`,
  `q7 vee o2 out qp`,
  `rl out 0 ${d.magnitude(100, 1e5)}`,
  `rf out inn ${d.magnitude(1e3, 1e6)}`,
  `rg inn 0 ${d.magnitude(1e3, 1e6)}`,
];

/** Gains up to 1e7 that saturate, with diodes and positive feedback. */
const idealGain: Family = (d) => {
  const gain = d.magnitude(1e2, 1e7);
  return [
    `v1 in 0 ${String(d.between(-3, 3))}`,
    `b1 o 0 v=12*tanh(${gain}*v(p,n)/12)`,
    `r1 in n ${d.magnitude(100, 1e6)}`,
    `d1 n x dx`,
    `r2 x o ${d.magnitude(10, 1e4)}`,
    `d2 o n dz`,
    `r3 o p ${d.magnitude(1e3, 1e6)}`,
    `r4 p 0 ${d.magnitude(10, 1e5)}`,
    `d3 p 0 dx`,
  ];
};

const mirrors: Family = (d) => {
  const lines = [`vcc vcc 0 ${d.magnitude(3, 25)}`, `r0 vcc a0 ${d.magnitude(1e3, 1e7)}`];
  const count = d.whole(2, 8);
  for (let k = 0; k < count; k++) {
    const s = String(k);
    const next = String(k + 1);
    const size = d.magnitude(0.2, 5);
    if (k % 2 === 0)
      lines.push(`qa${s} a${s} a${s} 0 qn`, `qb${s} a${next} a${s} 0 qn area=${size}`);
    else lines.push(`qa${s} a${s} a${s} vcc qp`, `qb${s} a${next} a${s} vcc qp area=${size}`);
  }
  lines.push(`rl a${String(count)} ${count % 2 === 1 ? 'vcc' : '0'} ${d.magnitude(10, 1e6)}`);
  return lines;
};

const inverter = (name: string, input: string, output: string, d: CircuitDraws): string[] => [
  `mp${name} ${output} ${input} vdd vdd mp w=${d.magnitude(2e-6, 4e-5)} l=1u`,
  `mn${name} ${output} ${input} 0 0 mn w=${d.magnitude(1e-6, 2e-5)} l=1u`,
];

/** An odd ring has one operating point, which is a saddle; an even one has three. */
const ring: Family = (d) => {
  const count = d.whole(1, 31);
  const lines = [`vdd vdd 0 ${d.magnitude(1.5, 10)}`];
  for (let k = 0; k < count; k++)
    lines.push(...inverter(String(k), `n${String(k)}`, `n${String((k + 1) % count)}`, d));
  return lines;
};

const memoryCells: Family = (d) => {
  const lines = [`vdd vdd 0 ${d.magnitude(1.5, 6)}`, `vw w 0 ${d.magnitude(0.1, 5)}`];
  const cells = d.whole(1, 8);
  for (let k = 0; k < cells; k++) {
    const s = String(k);
    lines.push(
      ...inverter(`a${s}`, `q${s}`, `p${s}`, d),
      ...inverter(`b${s}`, `p${s}`, `q${s}`, d),
    );
    lines.push(`mt${s} bl q${s} w 0 mn w=2u l=1u`, `ms${s} bb p${s} w 0 mn w=2u l=1u`);
  }
  lines.push(`rb bl vdd ${d.magnitude(100, 1e5)}`, `rc bb vdd ${d.magnitude(100, 1e5)}`);
  return lines;
};

const bjtLatch: Family = (d) => [
  `vcc vcc 0 ${d.magnitude(2, 20)}`,
  `r1 vcc c1 ${d.magnitude(500, 1e5)}`,
  `r2 vcc c2 ${d.magnitude(500, 1e5)}`,
  `r3 c1 b2 ${d.magnitude(1e3, 1e5)}`,
  `r4 c2 b1 ${d.magnitude(1e3, 1e5)}`,
  `r5 b1 0 ${d.magnitude(1e3, 1e6)}`,
  `r6 b2 0 ${d.magnitude(1e3, 1e6)}`,
  `q1 c1 b1 0 qn`,
  `q2 c2 b2 0 qn`,
  // And a thyristor beside it.
  `rt vcc a ${d.magnitude(50, 1e4)}`,
  `q3 g k a qp`,
  `q4 k g 0 qn`,
  `rg g 0 ${d.magnitude(100, 1e5)}`,
  `rk a k ${d.magnitude(100, 1e5)}`,
];

const schmittTrigger: Family = (d) => [
  `vcc vcc 0 ${d.magnitude(3, 15)}`,
  `vin i 0 ${d.magnitude(0.1, 10)}`,
  `rb i b1 ${d.magnitude(100, 1e5)}`,
  `q1 c1 b1 e qn`,
  `q2 c2 b2 e qn`,
  `r1 vcc c1 ${d.magnitude(1e3, 1e5)}`,
  `r2 vcc c2 ${d.magnitude(500, 5e4)}`,
  `re e 0 ${d.magnitude(20, 5e3)}`,
  `r3 c1 b2 ${d.magnitude(1e3, 1e5)}`,
  `r4 b2 0 ${d.magnitude(1e3, 1e6)}`,
  // The same with six MOS transistors.
  `m1 x i vcc vcc mp w=10u l=1u`,
  `m2 o i x vcc mp w=10u l=1u`,
  `m3 o i y 0 mn w=5u l=1u`,
  `m4 y i 0 0 mn w=5u l=1u`,
  `m5 0 o x vcc mp w=${d.magnitude(2e-6, 4e-5)} l=1u`,
  `m6 vcc o y 0 mn w=${d.magnitude(1e-6, 2e-5)} l=1u`,
];

/** Widlar's reference without a start-up circuit: it may also rest without current. */
const bandgap: Family = (d) => [
  `vcc vcc 0 ${d.magnitude(2.5, 15)}`,
  `q1 n1 n1 0 qn`,
  `q2 n2 n1 e2 qn area=${String(d.whole(4, 24))}`,
  `re e2 0 ${d.magnitude(200, 2e4)}`,
  `q3 n2 n2 vcc qp`,
  `q4 n1 n2 vcc qp`,
  `q5 ref n2 vcc qp`,
  `rr ref x ${d.magnitude(1e3, 1e5)}`,
  `q6 x x 0 qn`,
  ...(d.whole(0, 1) === 0 ? [] : [`rs vcc n1 ${d.magnitude(1e6, 1e9)}`]),
];

/** Cockcroft and Walton's multiplier at rest: only diodes and leakage fix its nodes. */
const chargePump: Family = (d) => {
  const stages = d.whole(2, 12);
  const lines = [`v1 n0 0 ${d.magnitude(1, 50)}`];
  for (let k = 1; k <= stages; k++) {
    lines.push(`d${String(k)} n${String(k - 1)} n${String(k)} dx`);
    lines.push(`c${String(k)} n${String(k)} ${k % 2 === 0 ? 'n0' : '0'} 1u`);
  }
  lines.push(`rl n${String(stages)} 0 ${d.magnitude(100, 1e9)}`);
  return lines;
};

const jfetSources: Family = (d) => {
  const lines = [`v1 vdd 0 ${d.magnitude(3, 40)}`];
  const count = d.whole(1, 6);
  for (let k = 0; k < count; k++) {
    const s = String(k);
    lines.push(`j${s} ${k === 0 ? 'vdd' : `s${String(k - 1)}`} g${s} s${s} jn`);
    lines.push(`r${s} s${s} g${s} ${d.magnitude(10, 1e5)}`);
    if (k < count - 1) lines.push(`rg${s} g${s} 0 ${d.magnitude(1e3, 1e6)}`);
  }
  lines.push(`rl g${String(count - 1)} 0 ${d.magnitude(10, 1e5)}`, `jp x vdd y jp`);
  lines.push(`ry y vdd ${d.magnitude(100, 1e4)}`, `rx x 0 ${d.magnitude(10, 1e5)}`);
  return lines;
};

/** Bridges and stacks in forward, reverse and breakdown. */
const diodes: Family = (d) => {
  const lines = [`v1 a 0 ${String(d.between(-100, 100))}`, `r1 a n0 ${d.magnitude(0.1, 1e4)}`];
  const count = d.whole(3, 30);
  for (let k = 1; k <= count; k++) {
    const [from, to] = d.whole(0, 1) === 0 ? [k - 1, k] : [k, k - 1];
    lines.push(`d${String(k)} n${String(from)} n${String(to)} ${d.pick(['dx', 'dz'])}`);
    if (d.whole(0, 2) === 0) lines.push(`rn${String(k)} n${String(k)} 0 ${d.magnitude(1, 1e7)}`);
  }
  lines.push(`rl n${String(count)} 0 ${d.magnitude(1, 1e6)}`);
  return lines;
};

const families: Readonly<Record<string, Family>> = {
  mesh,
  bjtAmplifier,
  operationalAmplifier,
  idealGain,
  mirrors,
  ring,
  memoryCells,
  bjtLatch,
  schmittTrigger,
  bandgap,
  chargePump,
  jfetSources,
  diodes,
};

export interface RandomCircuit {
  readonly name: string;
  readonly deck: string;
}

/** `count` circuits of every family. */
export function randomCircuits(count: number): RandomCircuit[] {
  return Object.entries(families).flatMap(([family, make]) =>
    Array.from({ length: count }, (_, k) => {
      const name = `${family} ${String(k)}`;
      const lines = make(new CircuitDraws(name));
      return { name, deck: [name, ...lines, ...cards, '.op', '.end', ''].join('\n') };
    }),
  );
}
