/** SET behind a transistor that limits the current: the states that compliance makes. */
import { type Check, type Figure, lines } from '../figures/figure.js';
import { simulated, valueAt } from '../figures/simulated.js';

/** The states of the paper on hybrid CMOS-OxRAM networks, section III-D, Fig. 7 [Ω]. */
const states = [3.2e3, 6.6e3, 22.6e3];

interface Cell {
  readonly name: string;
  readonly title: string;
  readonly card: string;
  /** Gain factor of the transistor [A/V²], and the sweep [V]. */
  readonly gain: number;
  readonly sweep: number;
}

// Cards of circuits/models/oxram.lib, without their spread.
const cells: readonly Cell[] = [
  {
    name: 'gap',
    title: 'gap model (Stanford/ASU)',
    card: 'stanford(t0=298 gini=1.4n)',
    gain: 20e-3,
    sweep: 3,
  },
  {
    name: 'filament',
    title: 'filament model (Bocquet)',
    card: 'bocquet(tamb=300 forming=0 rwork=5n)',
    gain: 2e-3,
    sweep: 1.2,
  },
];

const threshold = 0.5;

/** Resistance, read at 0.1 V behind the open transistor, after a sweep up and down. */
async function afterSet({ card, gain, sweep }: Cell, compliance: number): Promise<number> {
  const gate = threshold + Math.sqrt((2 * compliance) / gain);
  const dataset = await simulated(`SET behind a transistor
.model ox ${card}
.model sw nmos(vto=${threshold} kp=${gain})
v1 in 0 pwl(0 0 100u ${sweep} 110u ${sweep} 120u 0 125u 0 126u 0.1 135u 0.1)
n1 in d ox
m1 d g 0 0 sw w=1u l=1u
vg g 0 pwl(0 ${gate} 121u ${gate} 122u 10)
.tran 1u 130u
.save @n1[r] @n1[i]
.end`);
  return valueAt(dataset, '@n1[r]', 129e-6);
}

/** The compliance that leaves a resistance, by halving its logarithm; resistances fall with it. */
async function complianceFor(cell: Cell, resistance: number): Promise<number> {
  let [low, high] = [Math.log(2e-6), Math.log(8e-3)];
  for (let k = 0; k < 16; k++) {
    const middle = (low + high) / 2;
    if ((await afterSet(cell, Math.exp(middle))) > resistance) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

export async function compliances(): Promise<Figure> {
  const grid = Array.from({ length: 31 }, (_, k) => 5e-6 * 10 ** (k / 10));
  const curves: (readonly [string, number[]])[] = [];
  const checks: Check[] = [];
  for (const cell of cells) {
    const curve: number[] = [];
    for (const compliance of grid) curve.push(await afterSet(cell, compliance));
    curves.push([cell.name, curve]);
    for (const state of states) {
      const compliance = await complianceFor(cell, state);
      checks.push({
        what: `${cell.title}: R after SET at ${(compliance * 1e6).toPrecision(3)} µA [Ω]`,
        ours: await afterSet(cell, compliance),
        expected: state,
        within: 0.01 * state,
        source: 'paper, Fig. 7(b): three SET states',
      });
    }
  }
  const picture = lines({
    title: 'On state over the current that a transistor limits SET to',
    beside:
      'paper: 3.2, 6.6 and 22.6 kΩ; gap model by its release, filament model by our calibration',
    x: ['compliance (A)', grid],
    y: [...curves, ...states.map((state) => [`${state / 1e3} kΩ`, grid.map(() => state)] as const)],
    unit: 'Ω',
    logX: true,
    logY: true,
  });
  return { pictures: { compliance: picture }, checks };
}
