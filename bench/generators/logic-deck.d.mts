import type { GateNetlist } from './gate-netlist.mjs';

export function logicDeck(
  title: string,
  net: GateNetlist,
  vectors: readonly Readonly<Record<string, boolean>>[],
  slot: number,
  technology?: 'bsim4' | 'mos1',
  options?: string,
): string;

export function wrongOutputs(
  net: GateNetlist,
  vectors: readonly Readonly<Record<string, boolean>>[],
  slot: number,
  technology: 'bsim4' | 'mos1',
  voltage: (node: string, time: number) => number,
): string[];
