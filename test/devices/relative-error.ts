/** |a − b| over |b|, where b counts at least as much as `floor`. */
export function relativeError(a: number, b: number, floor = 0): number {
  const scale = Math.max(Math.abs(b), floor);
  return scale === 0 ? Math.abs(a) : Math.abs(a - b) / scale;
}
