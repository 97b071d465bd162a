import { bjt } from '../../../src/devices/semiconductor/bjt.js';
import { bsim3 } from '../../../src/devices/semiconductor/bsim3/bsim3.js';
import { bsim4 } from '../../../src/devices/semiconductor/bsim4/bsim4.js';
import { jfet1 } from '../../../src/devices/semiconductor/jfet1.js';
import { jfet2 } from '../../../src/devices/semiconductor/jfet2.js';
import { mesfet } from '../../../src/devices/semiconductor/mesfet.js';
import { mos1 } from '../../../src/devices/semiconductor/mos1.js';
import { mos2 } from '../../../src/devices/semiconductor/mos2.js';
import { mos3 } from '../../../src/devices/semiconductor/mos3.js';
import { mos6 } from '../../../src/devices/semiconductor/mos6.js';
import { vdmos } from '../../../src/devices/semiconductor/vdmos.js';
import type { ModelDefinition } from '../../../src/devices/language/model.js';
import { ngspiceTable, renamed } from '../ngspice-table.js';
import type { Conditions } from '../single-instance.js';

/** A sweep of one terminal, the others at fixed voltages. */
export interface Sweep {
  readonly of: string;
  readonly from: number;
  readonly to: number;
  /** Voltages of all terminals; that of the swept one does not count. */
  readonly at: readonly number[];
}

/** What a model does not do by its equations, by check: the reason. */
export type Known = Partial<Record<Check, string>>;

export type Check =
  | 'bend'
  | 'step'
  | 'charge'
  | 'negative'
  | 'currents'
  | 'charges'
  | 'conductances'
  | 'capacitances';

/** A transistor with a usual card, and the biases at which its model is judged. */
export interface Transistor {
  readonly name: string;
  readonly definition: ModelDefinition;
  readonly conditions: Conditions;
  readonly terminals: readonly string[];
  readonly sweeps: readonly Sweep[];
  /** Drain and source may be exchanged. */
  readonly symmetric: boolean;
  readonly known: Known;
}

/** Gate over weak and strong inversion, in both regions; drain through zero; bulk into conduction. */
const mosSweeps: readonly Sweep[] = [
  { of: 'g', from: -1.2, to: 2.1, at: [0.07, 0, 0, -0.4] },
  { of: 'g', from: -1.2, to: 2.1, at: [1.3, 0, 0, -0.4] },
  { of: 'd', from: -0.5, to: 2.1, at: [0, 0.45, 0, -0.4] },
  { of: 'd', from: -0.5, to: 2.1, at: [0, 1.45, 0, -0.4] },
  { of: 'b', from: -1.3, to: 0.4, at: [0.9, 1.1, 0, 0] },
];

const gateSweeps: readonly Sweep[] = [
  { of: 'g', from: -3.1, to: 0.5, at: [0.2, 0, 0] },
  { of: 'g', from: -3.1, to: 0.5, at: [2.3, 0, 0] },
  { of: 'd', from: -1.1, to: 3.2, at: [0, -0.7, 0] },
  { of: 'd', from: -1.1, to: 3.2, at: [0, -2.1, 0] },
];

const powerSweeps: readonly Sweep[] = [
  { of: 'g', from: -1.2, to: 5.1, at: [0.2, 0, 0] },
  { of: 'g', from: -1.2, to: 5.1, at: [6.3, 0, 0] },
  { of: 'd', from: -0.4, to: 8.2, at: [0, 3.7, 0] },
  { of: 'd', from: -0.4, to: 8.2, at: [0, 1.1, 0] },
];

const bipolarSweeps: readonly Sweep[] = [
  { of: 'b', from: -1.1, to: 0.8, at: [2.1, 0, 0, -3] },
  { of: 'b', from: -1.1, to: 0.8, at: [0.1, 0, 0, -3] },
  { of: 'c', from: -0.3, to: 3.2, at: [0, 0.65, 0, -3] },
  { of: 's', from: -3, to: 0.4, at: [0.5, 0.65, 0, 0] },
];

const size = { l: 1e-6, w: 1e-5, ad: 2e-11, as: 2e-11, pd: 2.4e-5, ps: 2.4e-5 };
const junctions = { cj: 3e-4, cjsw: 2.5e-10, mj: 0.45, cgso: 2e-10, cgdo: 2e-10, cgbo: 1e-10 };

/** A transistor of a deck that ngspice has checked. */
function fromDeck(
  deck: string,
  definition: ModelDefinition,
  more: Record<string, number>,
  type = 'nmos',
) {
  const found = ngspiceTable(deck, 'm', 4).instances.find((each) => each.type === type)!;
  const card = renamed(definition, found.card);
  delete card.level;
  const own = renamed(definition, found.parameters);
  return {
    card: { ...card, type: type === 'nmos' ? 1 : -1, ...more },
    instance: { ...own, as: own.ad ?? 0, ps: own.pd ?? 0 },
  };
}

const effects = { theta: 0.08, eta: 0.05, xj: 2e-7 };
const gateCharge = { cgs: 2e-12, cgd: 1e-12 };
const diode = { cjo: 4e-10, is: 1e-12 };
const bipolarCharge = { cje: 1e-12, cjc: 7e-13, cjs: 2e-12, tf: 5e-11, tr: 5e-9 };
const gummelPoon = {
  ...{ is: 2e-16, bf: 120, vaf: 60, var: 12, ikf: 5e-3, ikr: 2e-3 },
  ...{ ise: 1e-14, ne: 1.6, isc: 1e-14, iss: 1e-15 },
};
/** BSIM4 with four nodes; and without the currents of the gate and those that it induces. */
const plain = { version: 4.8, rgatemod: 0, rbodymod: 0 };
const tight = { igcmod: 0, igbmod: 0, agidl: 0 };

const mos = { terminals: ['d', 'g', 's', 'b'], sweeps: mosSweeps, symmetric: true };
const gate = { terminals: ['d', 'g', 's'], sweeps: gateSweeps, symmetric: true };

const bend = 'voltages count against the source, which changes at vds = 0';
const meyer = "Meyer's capacitances are not derivatives of a charge";
const divided = 'the charge of the gate is divided by its derivatives';
const atVon = 'weak and strong inversion meet at von with different slopes';

/** As in SPICE 2 and ngspice: see the header of the model. */
const further = 'the equations of strong inversion go on below the threshold';
const beyond: Known = {
  ...{ bend: further, step: further, charge: meyer, negative: further },
  ...{ currents: further, conductances: further },
};

export const transistors: readonly Transistor[] = [
  {
    ...mos,
    name: 'mos1',
    definition: mos1,
    conditions: {
      card: { vto: 0.6, kp: 6e-5, gamma: 0.45, phi: 0.7, lambda: 0.03, tox: 2e-8, ...junctions },
      instance: size,
    },
    known: { bend, charge: meyer },
  },
  {
    ...mos,
    name: 'mos1 with the charges of Ward and Dutton',
    definition: mos1,
    conditions: {
      card: { vto: 0.6, kp: 6e-5, gamma: 0.45, phi: 0.7, tox: 2e-8, capmod: 1, ...junctions },
      instance: size,
    },
    known: { bend, capacitances: 'the charge of the channel begins at the threshold with a slope' },
  },
  {
    ...mos,
    name: 'mos2',
    definition: mos2,
    conditions: {
      card: { vto: 0.6, nsub: 2e16, tox: 2e-8, xj: 2e-7, lambda: 0.03, nfs: 1e11, ...junctions },
      instance: size,
    },
    known: { bend, charge: meyer, conductances: atVon },
  },
  {
    ...mos,
    name: 'mos2 with vmax and without nfs',
    definition: mos2,
    conditions: {
      card: { vto: 0.6, nsub: 2e16, tox: 2e-8, vmax: 6e4, ...junctions },
      instance: size,
    },
    known: beyond,
  },
  {
    ...mos,
    name: 'mos3',
    definition: mos3,
    conditions: {
      card: { vto: 0.6, nsub: 2e16, tox: 2e-8, vmax: 1.5e5, nfs: 1e11, ...effects, ...junctions },
      instance: size,
    },
    known: { bend, charge: meyer, conductances: atVon },
  },
  {
    ...mos,
    name: 'mos6',
    definition: mos6,
    conditions: {
      card: { vto: 0.6, kv: 0.9, nv: 0.7, kc: 5e-5, nc: 1.3, gamma: 0.4, tox: 2e-8, ...junctions },
      instance: size,
    },
    known: { bend, charge: meyer, conductances: 'gm begins at the threshold as vgst^(nc − 1)' },
  },
  {
    ...mos,
    name: 'bsim3',
    definition: bsim3,
    conditions: fromDeck('bsim3-180nm', bsim3, { version: 3.3 }),
    known: { bend, capacitances: bend },
  },
  {
    ...mos,
    name: 'bsim3 of p channel',
    definition: bsim3,
    conditions: fromDeck('bsim3-180nm', bsim3, { version: 3.3 }, 'pmos'),
    known: { bend, capacitances: bend },
  },
  {
    ...mos,
    name: 'bsim4',
    definition: bsim4,
    conditions: fromDeck('bsim4-90nm', bsim4, { ...plain, ...tight }),
    known: { bend, capacitances: bend },
  },
  {
    ...mos,
    name: 'bsim4 with currents of the gate',
    definition: bsim4,
    conditions: fromDeck('bsim4-90nm', bsim4, plain),
    known: {
      bend,
      conductances: bend,
      capacitances: bend,
      negative: 'leakage that the gate induces at the drain rises as the gate falls',
    },
  },
  {
    ...gate,
    name: 'jfet1',
    definition: jfet1,
    conditions: { card: { beta: 1e-3, lambda: 0.02, cgs: 2e-12, cgd: 1e-12 } },
    known: { bend },
  },
  {
    ...gate,
    name: 'jfet2',
    definition: jfet2,
    conditions: {
      card: { beta: 1e-3, lambda: 0.02, vst: 0.05, xi: 20, z: 0.5, lfgam: 0.05, ...gateCharge },
    },
    known: { bend, charge: divided },
  },
  {
    ...gate,
    name: 'mesfet',
    definition: mesfet,
    conditions: { card: { lambda: 0.02, ...gateCharge } },
    known: { bend, charge: divided },
  },
  {
    ...gate,
    name: 'vdmos',
    definition: vdmos,
    conditions: {
      card: { vto: 2, kp: 2, lambda: 0.01, cgs: 1e-9, cgdmax: 6e-10, cgdmin: 5e-11, ...diode },
    },
    sweeps: powerSweeps,
    symmetric: false,
    known: {},
  },
  {
    name: 'bjt',
    definition: bjt,
    conditions: { card: { ...gummelPoon, ...bipolarCharge } },
    terminals: ['c', 'b', 'e', 's'],
    sweeps: bipolarSweeps,
    symmetric: false,
    known: {},
  },
];
