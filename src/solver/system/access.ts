/** Reading results by the names that decks use. */
import { quantityOf, type Quantity } from '../../waveform/waveform.js';
import type { System } from './system.js';

/** A number that can be read at a point: an unknown, or an operating-point output of a device. */
export interface Readable {
  /** Column name, as ngspice writes it. */
  readonly name: string;
  readonly quantity: Quantity;
  /** Number of the unknown, or −1. */
  readonly unknown: number;
  /** Where the output stands, if it is no unknown. */
  readonly output?: { readonly values: Float64Array; readonly position: number };
}

/** Finds `v(node)`, `i(element)`, `@device[quantity]`; undefined if there is no such thing. */
export function readable(system: System, quantity: string, name: string): Readable | undefined {
  if (quantity === 'v') return voltage(system, name);
  if (quantity === 'i') return current(system, name);
  if (quantity === '@') return deviceQuantity(system, name);
  return undefined;
}

/** All node voltages, branch currents and states, in the order of their numbers. */
export function defaultReadables(system: System): Readable[] {
  return system.unknowns.flatMap(({ kind, name }, u) => {
    if (kind !== 'node' && kind !== 'branch' && kind !== 'state') return [];
    return [unknownReadable(system, u, name)];
  });
}

function voltage(system: System, node: string): Readable | undefined {
  if (node === '0' || node === 'gnd') return unknownReadable(system, 0, 'v(0)');
  const u = system.unknown(`v(${node})`);
  return u === undefined ? undefined : unknownReadable(system, u, `v(${node})`);
}

function current(system: System, element: string): Readable | undefined {
  const u = system.unknown(`i(${element})`);
  if (u !== undefined) return unknownReadable(system, u, `i(${element})`);
  const found = deviceQuantity(system, `${element}[i]`) ?? deviceQuantity(system, `${element}[id]`);
  return found && { ...found, name: `i(${element})` };
}

/** `m1[gm]` or `@m1[gm]`. */
function deviceQuantity(system: System, text: string): Readable | undefined {
  const match = /^@?(.+)\[(.+)\]$/.exec(text);
  if (!match) return undefined;
  const [, device, quantity] = match;
  const name = `@${device}[${quantity}]`;
  const u = system.unknown(name);
  if (u !== undefined) return unknownReadable(system, u, name);
  const place = system.slots.instance(device);
  if (!place) return undefined;
  const group = system.groups[place.group];
  const memory = system.memory.groups[place.group];
  const output = group.model.outputs.find((candidate) => candidate.name === quantity);
  const kinds = ['output', 'held', 'parameter', 'input'] as const;
  const slot = output
    ? { position: output.slot * memory.count + place.index }
    : kinds.map((kind) => system.slots.find(device, kind, quantity)).find(Boolean);
  if (slot) {
    const where = { values: memory.instance, position: slot.position };
    return { name, quantity: byUnit(output?.unit ?? ''), unknown: -1, output: where };
  }
  const card = group.model.modelSlots.findIndex(
    (s) => s.kind === 'parameter' && s.name === quantity,
  );
  if (card < 0) return undefined;
  const position = card * memory.cards + group.cardOf[place.index];
  const unit = group.model.definition.parameters[quantity]?.unit ?? '';
  return { name, quantity: byUnit(unit), unknown: -1, output: { values: memory.model, position } };
}

function unknownReadable(system: System, unknown: number, name: string): Readable {
  const { kind, unit } = system.unknowns[unknown];
  const quantity = kind === 'state' ? quantityOf('state', unit) : byUnit(unit);
  return { name, quantity, unknown };
}

function byUnit(unit: string): Quantity {
  if (unit === 'V') return quantityOf('voltage');
  if (unit === 'A') return quantityOf('current');
  return quantityOf('other', unit);
}
