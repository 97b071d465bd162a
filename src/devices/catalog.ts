import { markLinted } from './language/check-model.js';
import type { ModelDefinition } from './language/model.js';
import { bocquet } from './memristive/bocquet.js';
import { ionDrift } from './memristive/ion-drift.js';
import { jart } from './memristive/jart.js';
import { pku } from './memristive/pku.js';
import { sky130Reram } from './memristive/sky130-reram.js';
import { stanford } from './memristive/stanford.js';
import { team } from './memristive/team.js';
import { thresholdMemristor } from './memristive/threshold-memristor.js';
import { vteam } from './memristive/vteam.js';
import { weakReset } from './memristive/weak-reset.js';
import { yakopcic } from './memristive/yakopcic.js';
import { capacitor } from './passive/capacitor.js';
import { coupledInductors } from './passive/coupled-inductors.js';
import { inductor } from './passive/inductor.js';
import { lossyLine } from './passive/lossy-line.js';
import { resistor } from './passive/resistor.js';
import { transmissionLine } from './passive/transmission-line.js';
import { bjt } from './semiconductor/bjt.js';
import { bsim3 } from './semiconductor/bsim3/bsim3.js';
import { bsim4 } from './semiconductor/bsim4/bsim4.js';
import { diode } from './semiconductor/diode.js';
import { jfet1 } from './semiconductor/jfet1.js';
import { jfet2 } from './semiconductor/jfet2.js';
import { mesfet } from './semiconductor/mesfet.js';
import { mos1 } from './semiconductor/mos1.js';
import { mos2 } from './semiconductor/mos2.js';
import { mos3 } from './semiconductor/mos3.js';
import { mos6 } from './semiconductor/mos6.js';
import { vdmos } from './semiconductor/vdmos.js';
import {
  currentControlledCurrentSource,
  currentControlledVoltageSource,
  voltageControlledCurrentSource,
  voltageControlledVoltageSource,
} from './sources/controlled-sources.js';
import { currentSource } from './sources/current-source.js';
import { voltageSource } from './sources/voltage-source.js';
import { currentSwitch } from './switches/current-switch.js';
import { smoothCurrentSwitch } from './switches/smooth-current-switch.js';
import { smoothVoltageSwitch } from './switches/smooth-voltage-switch.js';
import { voltageSwitch } from './switches/voltage-switch.js';

/** How a netlist reaches a model. */
export interface CatalogEntry {
  readonly definition: ModelDefinition;
  /** Element letter, lower case; absent: instantiated by `N<name>` only. */
  readonly letter?: string;
  /** Instance parameter that a bare number behind the nodes (and card) sets: `R1 a b 1k`. */
  readonly positional?: string;
  /** How many of the last nodes a netlist may leave out; they are at ground then. */
  readonly grounded?: number;
  /** The types of `.model` cards that select this model; empty: the element takes no card. */
  readonly cards: readonly CardType[];
}

export interface CardType {
  /** `d`, `nmos`, `sw`, or the model's own name. */
  readonly type: string;
  /** Levels that mean this model; absent: any. A card without a level has level 1. */
  readonly levels?: readonly number[];
  /** Parameters that the type itself sets, such as a polarity. */
  readonly sets?: Readonly<Record<string, number>>;
}

/** Every device, one line each. Being listed means being tested. */
export const catalog: readonly CatalogEntry[] = [
  { definition: resistor, letter: 'r', positional: 'r', cards: [{ type: 'r' }, { type: 'res' }] },
  { definition: capacitor, letter: 'c', positional: 'c', cards: [{ type: 'c' }, { type: 'cap' }] },
  { definition: inductor, letter: 'l', positional: 'l', cards: [{ type: 'l' }, { type: 'ind' }] },
  { definition: coupledInductors, letter: 'k', positional: 'k', cards: [] },
  { definition: transmissionLine, letter: 't', cards: [] },
  { definition: lossyLine, letter: 'o', cards: [{ type: 'ltra' }] },
  { definition: voltageSource, letter: 'v', cards: [] },
  { definition: currentSource, letter: 'i', cards: [] },
  { definition: voltageControlledVoltageSource, letter: 'e', positional: 'gain', cards: [] },
  { definition: voltageControlledCurrentSource, letter: 'g', positional: 'gain', cards: [] },
  { definition: currentControlledCurrentSource, letter: 'f', positional: 'gain', cards: [] },
  { definition: currentControlledVoltageSource, letter: 'h', positional: 'gain', cards: [] },
  {
    definition: diode,
    letter: 'd',
    grounded: 1,
    positional: 'area',
    cards: [{ type: 'd', levels: [1] }],
  },
  {
    definition: mos1,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [1], sets: { type: 1 } },
      { type: 'pmos', levels: [1], sets: { type: -1 } },
    ],
  },
  {
    definition: bsim3,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [8, 49], sets: { type: 1 } },
      { type: 'pmos', levels: [8, 49], sets: { type: -1 } },
    ],
  },
  {
    definition: bsim4,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [14, 54], sets: { type: 1 } },
      { type: 'pmos', levels: [14, 54], sets: { type: -1 } },
    ],
  },
  {
    definition: mos2,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [2], sets: { type: 1 } },
      { type: 'pmos', levels: [2], sets: { type: -1 } },
    ],
  },
  {
    definition: mos3,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [3], sets: { type: 1 } },
      { type: 'pmos', levels: [3], sets: { type: -1 } },
    ],
  },
  {
    definition: mos6,
    letter: 'm',
    cards: [
      { type: 'nmos', levels: [6], sets: { type: 1 } },
      { type: 'pmos', levels: [6], sets: { type: -1 } },
    ],
  },
  {
    definition: vdmos,
    letter: 'm',
    cards: [
      { type: 'vdmos', levels: [1] },
      { type: 'vdmosn', levels: [1], sets: { type: 1 } },
      { type: 'vdmosp', levels: [1], sets: { type: -1 } },
    ],
  },
  {
    definition: bjt,
    letter: 'q',
    grounded: 1,
    positional: 'area',
    cards: [
      { type: 'npn', levels: [1], sets: { type: 1 } },
      { type: 'pnp', levels: [1], sets: { type: -1 } },
    ],
  },
  {
    definition: jfet1,
    letter: 'j',
    positional: 'area',
    cards: [
      { type: 'njf', levels: [1], sets: { type: 1 } },
      { type: 'pjf', levels: [1], sets: { type: -1 } },
    ],
  },
  {
    definition: jfet2,
    letter: 'j',
    positional: 'area',
    cards: [
      { type: 'njf', levels: [2], sets: { type: 1 } },
      { type: 'pjf', levels: [2], sets: { type: -1 } },
    ],
  },
  {
    definition: mesfet,
    letter: 'z',
    positional: 'area',
    cards: [
      { type: 'nmf', levels: [1], sets: { type: 1 } },
      { type: 'pmf', levels: [1], sets: { type: -1 } },
    ],
  },
  { definition: voltageSwitch, letter: 's', cards: [{ type: 'sw' }] },
  { definition: currentSwitch, letter: 'w', cards: [{ type: 'csw' }] },
  { definition: smoothVoltageSwitch, letter: 's', cards: [{ type: 'vswitch' }] },
  { definition: smoothCurrentSwitch, letter: 'w', cards: [{ type: 'iswitch' }] },
  {
    definition: team,
    cards: [
      { type: 'team' },
      // Xyce's, with its defaults, except for the sign of ion.
      { type: 'memristor', levels: [2], sets: { ron: 50, roff: 1e3, wc: 1.07e-12, s0: 0 } },
    ],
  },
  { definition: vteam, cards: [{ type: 'vteam' }] },
  {
    definition: yakopcic,
    cards: [{ type: 'yakopcic' }, { type: 'memristor', levels: [3] }],
  },
  { definition: ionDrift, cards: [{ type: 'iondrift' }] },
  { definition: thresholdMemristor, cards: [{ type: 'threshold' }] },
  { definition: stanford, cards: [{ type: 'stanford' }] },
  { definition: pku, cards: [{ type: 'pku' }] },
  { definition: bocquet, cards: [{ type: 'bocquet' }] },
  { definition: jart, cards: [{ type: 'jart' }] },
  { definition: sky130Reram, cards: [{ type: 'sky130reram' }] },
  { definition: weakReset, cards: [{ type: 'weakreset' }] },
];

markLinted(catalog.map(({ definition }) => definition));
