/**
 * One key for the several ways in which a signal is written.
 *
 *     v(out), OUT, V( out )        → out
 *     i(v1), v1#branch             → v1#branch
 *     @m1[id], i(@m1[id])          → @m1[id]
 *
 * Anything else is its own key, in lower case and without blanks.
 */
export function signalKey(name: string): string {
  const compact = name.toLowerCase().replace(/\s+/g, '');
  const call = /^([vi])\(([^(),]+)\)$/.exec(compact);
  if (!call) return compact;
  const [, letter, argument] = call;
  return letter === 'v' || argument.startsWith('@') ? argument : `${argument}#branch`;
}

/** The two nodes of `v(a,b)`, or undefined if the name is not a difference of voltages. */
export function differenceNodes(name: string): [positive: string, negative: string] | undefined {
  const call = /^\s*v\s*\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)\s*$/i.exec(name);
  return call ? [call[1], call[2]] : undefined;
}

/** Whether a name means the ground node: `0`, `gnd`, `v(0)`. */
export function isGround(name: string): boolean {
  const key = signalKey(name);
  return key === '0' || key === 'gnd';
}
