export function arrayMultiplier(
  bits: number,
  pairs: readonly (readonly [number, number])[],
  slot: number,
  options?: string,
): string;

export function transistors(bits: number): number;

export function productsOf(
  bits: number,
  count: number,
  slot: number,
  voltage: (node: string, time: number) => number,
): number[];
