import type { GateNetlist } from './gate-netlist.mjs';

export function sixNands(): GateNetlist;
export function interruptController(): GateNetlist;
export function errorCorrector(width: number, detects?: boolean): GateNetlist;
export function patterns(count: number): number[];
export function arithmeticUnit(width?: number): GateNetlist;
export function norMultiplier(width?: number): GateNetlist;
