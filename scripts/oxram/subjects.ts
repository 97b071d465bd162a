/** OxRAM models under a slow sweep, with their equations as an independent integration has them. */
import {
  bocquetResponse,
  jartResponse,
  pkuResponse,
  type Response,
  sky130Response,
  stanfordResponse,
} from '../../test/devices/memristive/published-rates.js';

export interface Subject {
  readonly name: string;
  readonly title: string;
  readonly card: string;
  /** Whose numbers the card has. */
  readonly values: string;
  /** The sweep: up to `up`, down to `down`, back to zero [V], in `time` [s]. */
  readonly sweep: readonly [up: number, down: number, time: number];
  readonly response: (v: number, y: readonly number[]) => Response;
  readonly start: readonly number[];
  readonly bounds?: readonly (readonly [number, number])[];
  readonly sizes: readonly number[];
  /** The first state's output, by how much it is larger than in `response`, a level, and how SET moves it. */
  readonly state: readonly [output: string, factor: number, level: number, set: 'up' | 'down'];
}

export const subjects: readonly Subject[] = [
  {
    name: 'stanford',
    title: 'gap model (Stanford/ASU)',
    card: 'stanford(t0=298 gini=1.2n)',
    values: 'release 1.0.0',
    sweep: [2, -2, 1e-3],
    response: (v, [g]) => stanfordResponse(v, g, 0.01),
    start: [1.2],
    bounds: [[0.2, 1.7]],
    sizes: [1.5],
    state: ['g', 1e-9, 1, 'down'],
  },
  {
    name: 'bocquet',
    title: 'filament model (Bocquet)',
    card: 'bocquet(tamb=300 forming=0)',
    values: 'our calibration',
    sweep: [0.8, -0.8, 3.2],
    response: (v, [s]) => bocquetResponse(v, s),
    start: [0],
    bounds: [[0, 1]],
    sizes: [1],
    state: ['s', 1, 0.5, 'up'],
  },
  {
    name: 'pku',
    title: 'gap and width (PKU/Stanford)',
    card: 'pku(t0=300 rs=0 cp=0 rp=1e12)',
    values: 'release 2.0',
    sweep: [1.5, -1.5, 1e-6],
    response: (v, [x, w]) => pkuResponse(v, x, w),
    start: [3, 0.5],
    bounds: [
      [0, 3],
      [0, 5],
    ],
    sizes: [3, 5],
    state: ['x', 1e-9, 0.7, 'down'],
  },
  {
    name: 'jart',
    title: 'valence change memory (JART VCM v1b)',
    card: 'jart(t0=293 tth=1e-10 ninit=10)',
    values: 'Bengel et al. 2020',
    sweep: [2, -1.5, 1e-6],
    response: (v, [n, heat]) => jartResponse(v, n, heat, 1e-10),
    start: [0.5, 0],
    sizes: [1, 100],
    state: ['ndisc', 20, 0.2, 'up'],
  },
  {
    name: 'sky130',
    title: 'SkyWater 130 nm cell',
    card: 'sky130reram(temperature_0=300)',
    values: 'PDK',
    sweep: [2.6, -2.4, 1e-6],
    response: (v, [tf, heat]) => sky130Response(v, tf, heat),
    start: [3.3, 0],
    bounds: [
      [3.3, 4.9],
      [0, Infinity],
    ],
    sizes: [1.6, 100],
    state: ['tf', 1e-9, 4.1, 'up'],
  },
];
