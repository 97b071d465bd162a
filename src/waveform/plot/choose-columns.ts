import { closest, DiagnosticError, error } from '../../base/diagnostic.js';
import type { Dataset } from '../dataset.js';
import { extremes, type Column, type QuantityKind } from '../waveform.js';

/** As many traces as a legend and the palette keep apart at a glance. */
export const mostDefaultTraces = 8;

/** The columns that a user named. Throws a `DiagnosticError` for a name that is not there. */
export function namedColumns(dataset: Dataset, names: readonly string[]): Column[] {
  return names.map((name) => namedColumn(dataset, name));
}

export function namedColumn(dataset: Dataset, name: string): Column {
  const column = dataset.get(name);
  if (column) return column;
  const near = closest(
    name,
    dataset.columns.map((candidate) => candidate.name),
  );
  const help = near
    ? `did you mean '${near}'?`
    : `there are: ${dataset.columns
        .slice(0, 12)
        .map((candidate) => candidate.name)
        .join(', ')}`;
  throw new DiagnosticError([
    error('W402', `there is no signal '${name}' to plot`, undefined, { help: [help] }),
  ]);
}

/** How many of each kind are shown at most when there are too many for all. */
const shares: readonly (readonly [QuantityKind, number])[] = [
  ['voltage', 4],
  ['state', 4],
  ['current', 2],
];

/**
 * All columns but the scale, or the most telling eight: what moves before what is constant, nodes
 * of the top level before those of subcircuits and devices; voltages, states and currents each get
 * a share, and what is left over goes to whoever is next.
 */
export function defaultColumns(dataset: Dataset): Column[] {
  const all = dataset.columns.slice(1);
  if (all.length <= mostDefaultTraces) return all;
  const ranked = [...all].sort((a, b) => dullness(a) - dullness(b));
  const chosen = new Set<Column>();
  for (const [kind, share] of shares)
    ranked
      .filter(({ quantity }) => quantity.kind === kind)
      .slice(0, share)
      .forEach((column) => chosen.add(column));
  const taken = ranked.filter((column) => chosen.has(column)).slice(0, mostDefaultTraces);
  const others = ranked.filter((column) => !taken.includes(column));
  const shown = new Set([...taken, ...others.slice(0, mostDefaultTraces - taken.length)]);
  return all.filter((column) => shown.has(column));
}

function dullness({ name, real, imaginary }: Column): number {
  const still = [real, imaginary ?? real].every((values) => {
    const [low, high] = extremes(values);
    return !(high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
  });
  const internal = /[.:]|#(?!branch)/.test(name);
  return (still ? 2 : 0) + (internal ? 1 : 0);
}
