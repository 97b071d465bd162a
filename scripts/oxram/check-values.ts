/** Numbers of the models' publications and releases beside those of the simulator. */
import { type Check, type Figure, lines } from '../figures/figure.js';
import { simulated, valueAt, whereCrossed } from '../figures/simulated.js';

/** The resistance of a device at rest, read at 0.1 V. */
async function readAt(card: string): Promise<number> {
  const dataset = await simulated(
    `read\n.model mem ${card}\nv1 in 0 0.1\nn1 in 0 mem\n.op\n.save @n1[r]\n.end`,
  );
  return dataset.get('@n1[r]')!.real[0];
}

/** An output at the end of one rectangular pulse with edges of 10 ps. */
async function afterPulse(card: string, volts: number, width: number, output: string) {
  const edge = 1e-11;
  const dataset = await simulated(`pulse
.model mem ${card}
v1 in 0 pwl(0 0 ${edge} ${volts} ${width + edge} ${volts} ${width + 2 * edge} 0)
n1 in 0 mem
.tran ${width / 50} ${width + 3 * edge}
.save @n1[${output}]
.end`);
  return dataset.get(`@n1[${output}]`)!.real[dataset.length - 1];
}

type Row = readonly [what: string, ours: number, published: number, part: number, source: string];

function figureOf(rows: readonly Row[]): Figure {
  const checks = rows.map(([what, ours, expected, part, source]): Check => ({
    what,
    ours,
    expected,
    within: part * Math.abs(expected),
    source,
  }));
  return { pictures: {}, checks };
}

/** Gap model: resistances of its states (those of MemTorch's device of it), pulses. */
export async function stanfordValues(): Promise<Figure> {
  const release = 'release 1.0.0';
  const read = (gap: number): Promise<number> => readAt(`stanford(t0=298 gini=${gap}n)`);
  const pulse = (start: number, volts: number, width: number): Promise<number> =>
    afterPulse(`stanford(t0=298 gini=${start}n)`, volts, width, 'g');
  const title = 'gap model (Stanford/ASU)';
  return figureOf([
    [`${title}: R at g = 0.2 nm [Ω]`, await read(0.2), 541.8207, 1e-4, release],
    [`${title}: R at g = 1.0 nm [Ω]`, await read(1), 13292.231, 1e-4, release],
    [`${title}: R at g = 1.7 nm [Ω]`, await read(1.7), 218586.05, 1e-4, release],
    [
      `${title}: g after -1.3 V, 10 ns [m]`,
      await pulse(0.2, -1.3, 1e-8),
      0.4434804e-9,
      1e-3,
      release,
    ],
    [
      `${title}: g after -1.3 V, 100 ns [m]`,
      await pulse(0.2, -1.3, 1e-7),
      1.032956e-9,
      1e-3,
      release,
    ],
    [
      `${title}: g after 1.8 V, 1 ns from 1.4 nm [m]`,
      await pulse(1.4, 1.8, 1e-9),
      0.2e-9,
      5e-3,
      release,
    ],
  ]);
}

/** SkyWater, PKU: resistances of their states. */
export async function otherValues(): Promise<Figure> {
  const cell = (filament: number): Promise<number> =>
    readAt(`sky130reram(temperature_0=300 tfilament_0=${filament}n)`);
  const closed = readAt('pku(t0=300 rs=0 cp=0 rp=1e12 x0=0 w0=5n)');
  const sky = 'SkyWater 130 nm cell';
  return figureOf([
    [`${sky}: R at 4.9 nm [Ω]`, await cell(4.9), 9983, 1e-3, 'PDK'],
    [`${sky}: R at 3.3 nm [Ω]`, await cell(3.3), 3.3508e6, 1e-3, 'PDK'],
    [
      'gap and width (PKU/Stanford): R, no gap, full width, less the voltage of the gap [Ω]',
      // rho·l0/(π·wcf²/4) and, at no gap under reading, asinh(I/(i0·A))·vt/I ≈ vt/(i0·A) in series.
      await closed,
      (19.635e-6 * 3e-9) / ((Math.PI * 25e-18) / 4),
      1e-3,
      'release 2.0',
    ],
  ]);
}

/** Filament model: our own calibration; there is nothing published to hold it against. */
export async function bocquetValues(): Promise<Figure> {
  const card = 'bocquet(tamb=300 forming=0)';
  const ours = 'our calibration, computed apart';
  const title = 'filament model (Bocquet)';
  const time = async (volts: number, about: number): Promise<number> => {
    const dataset = await simulated(`time
.model mem ${card}
v1 in 0 pwl(0 0 ${1e-4 * about} ${volts})
n1 in 0 mem
.tran ${about / 50} ${2 * about}
.save @n1[s]
.end`);
    return whereCrossed(dataset.get('@n1[s]')!.real, 0.9, dataset.scale.real);
  };
  const reset = (volts: number): Promise<number> =>
    afterPulse('bocquet(tamb=300 forming=0 rcf0=2.5n)', volts, 1e-7, 'rcf');
  const resistance = (rcf: number): number =>
    10e-9 / (Math.PI * (rcf ** 2 * (8e4 - 1.2e3) + 2.5e-9 ** 2 * 1.2e3));
  const times = [
    [0.8, 4.7e-5],
    [0.9, 1.64e-6],
    [1, 6.02e-8],
    [1.1, 2.35e-9],
  ] as const;
  const found: number[] = [];
  for (const [volts, about] of times) found.push(await time(volts, about));
  const rows: Row[] = [
    [
      `${title}: R with the filament [Ω]`,
      await readAt(`bocquet(tamb=300 forming=0 rcf0=2.5n)`),
      6366.2,
      1e-4,
      ours,
    ],
    [`${title}: R without it [Ω]`, await readAt(card), 424413, 1e-4, ours],
    ...times.map(([volts, about], k): Row => [
      `${title}: time of SET at ${volts} V [s]`,
      found[k],
      about,
      5e-3,
      ours,
    ]),
    [`${title}: R after -0.6 V, 100 ns [Ω]`, resistance(await reset(-0.6)), 6494, 1e-3, ours],
    [`${title}: R after -0.7 V, 100 ns [Ω]`, resistance(await reset(-0.7)), 9100, 1e-3, ours],
    [`${title}: R after -0.8 V, 100 ns [Ω]`, resistance(await reset(-0.8)), 17636, 1e-3, ours],
  ];
  return figureOf(rows);
}

/** Resistance over the height of RESET pulses of 100 ns, for each model from its on state. */
export async function pulseResponses(): Promise<Figure> {
  const heights = Array.from({ length: 31 }, (_, k) => 0.4 + 0.05 * k);
  const cards = [
    ['gap', 'stanford(t0=298 gini=0.2n)', -1],
    ['filament', 'bocquet(tamb=300 forming=0 rcf0=2.5n)', -1],
    ['gap and width', 'pku(t0=300 rs=0 cp=0 rp=1e12 x0=0 w0=2.5n)', -1],
    ['SkyWater', 'sky130reram(temperature_0=300 tfilament_0=4.9n)', -1],
  ] as const;
  const width = 1e-7;
  const curves: (readonly [string, number[]])[] = [];
  for (const [name, card, sign] of cards) {
    const values: number[] = [];
    for (const height of heights) {
      const dataset = await simulated(`pulse response
.model mem ${card}
v1 in 0 pwl(0 0 1n ${sign * height} ${width} ${sign * height} ${width + 1e-9} 0 110n 0 111n 0.1 120n 0.1)
n1 in 0 mem
.tran 2n 120n
.save @n1[r]
.end`);
      values.push(valueAt(dataset, '@n1[r]', 119e-9));
    }
    curves.push([name, values]);
  }
  // Of the gap model by the release's own equations: -1.3 V for 100 ns leaves 1.032956 nm, 15165 Ω.
  const published = heights.map((height) => (Math.abs(height - 1.3) < 0.06 ? 15165.2 : NaN));
  return {
    pictures: {
      'pulse-responses': lines({
        title: 'Resistance after one RESET pulse of 100 ns, from the on state',
        beside:
          'values of the releases; of the filament model ours. Gap model by its release: 15.2 kΩ after -1.3 V',
        x: ['height (V)', heights],
        y: [...curves, ['release 1.0.0', published]],
        unit: 'Ω',
        logY: true,
      }),
    },
    checks: [
      {
        what: 'gap model (Stanford/ASU): R after -1.3 V, 100 ns (edges of 1 ns) [Ω]',
        ours: curves[0][1][18],
        expected: 15165.2,
        within: 0.03 * 15165.2,
        source: 'release 1.0.0, edges of 10 ps',
      },
    ],
  };
}
