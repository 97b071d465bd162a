/** What stands around the grids of a steered network: as circuits, or as behavioural sources. */
import { card, figure } from '../generate/deck-lines.js';
import type { LayerNames } from '../generate/index.js';
import { laterColumns, targetCards } from '../generate/layer-cards.js';
import { source, sourceCard } from './driven-source.js';
import type { SteeredNetworkOptions } from './steered-network-options.js';

/** Columns behind a neuron, and the bias, which has a constant input. */
export function columnCards(names: LayerNames, { biasVoltage }: SteeredNetworkOptions): string[] {
  const bias = names.inputs[names.inputs.length - 1];
  return [`v${bias} ${bias} 0 ${figure(biasVoltage)}`, ...laterColumns(names)];
}

/** Row resistors, and r = a·v(row) where something in the deck takes it. */
export function plainRows({ rows, outputs, prefix }: LayerNames, amplified: boolean): string[] {
  return rows.flatMap((row, n) => [
    `rout${prefix}${n + 1} ${row} 0 {rout}`,
    ...(amplified ? [`er${prefix}${n + 1} ${outputs[n]} 0 ${row} 0 {a}`] : []),
  ]);
}

/** h follows r while it is read, and is what the program keeps behind that. */
export function neuronCards(
  names: LayerNames,
  next: LayerNames,
  { circuits, neuronTables, neuronGain, neuronScale, ...options }: SteeredNetworkOptions,
): string[] {
  return names.rows.flatMap((_, n) => {
    const own = `${names.prefix}${n + 1}`;
    const [r, kept] = [names.outputs[n], `h${own}`];
    const sigma = circuits.neuron
      ? [`xs${own} f${own} s${own} bn ap an sigmoid`, `xw${own} s${own} w${own} one ap an slope`]
      : [
          card(`bs${own} s${own} 0 v=${curve(`f${own}`, neuronGain, neuronTables?.x)}`),
          card(
            neuronTables
              ? `bw${own} w${own} 0 v=${curve(`f${own}`, neuronGain, neuronTables.w)}`
              : `bw${own} w${own} 0 v=1-v(s${own})*v(s${own})`,
          ),
        ];
    return [
      sourceCard(`v${kept}`, `${kept} 0`, '0', { ...options }),
      `bf${own} f${own} 0 v=v(${r})*v(track)+v(${kept})*(1-v(track))`,
      ...sigma,
      `ex${own} ${next.inputs[n]} 0 s${own} 0 ${figure(neuronScale)}`,
    ];
  });
}

function curve(node: string, gain: number, table: readonly number[] | undefined): string {
  if (!table) return `tanh(${figure(gain)}*v(${node}))`;
  // Blanks let a long line be broken.
  return `pwl(v(${node}), ${table.map(figure).join(', ')})`;
}

/** y = σ′·δ by an ideal multiplier, and its inverse where a feedback circuit asks for it. */
export function hiddenErrors(
  names: LayerNames,
  next: LayerNames,
  { neuronGain, backward, circuits }: SteeredNetworkOptions,
): string[] {
  return names.rows.flatMap((_, n) => {
    const [y, yb] = [names.errors[n], names.inverseErrors[n]];
    const difference = `(v(${next.columns[n]})-v(${next.inverses[n]}))`;
    const factor = figure(neuronGain * backward);
    return [
      `b${y} ${y} 0 v=${factor}*v(w${names.prefix}${n + 1})*${difference}*v(inv)/vgate`,
      ...(circuits.feedback ? [`e${yb} ${yb} 0 ${y} 0 -1`] : []),
    ];
  });
}

/** y = d − r, where it is formed within the deck. */
export function lastErrors(names: LayerNames, options: SteeredNetworkOptions): string[] {
  const { feedback, subtraction } = options.circuits;
  if (!feedback && !subtraction) return [];
  const targets = names.rows.map((_, n) => `d${n + 1}`);
  const external = targets.map((node) => source(node, '0', options));
  if (subtraction) return [...external, ...targetCards(names, targets)];
  return [
    ...external,
    ...names.rows.flatMap((_, n) => {
      const [d, r, y, yb] = [targets[n], names.outputs[n], names.errors[n], names.inverseErrors[n]];
      return [`b${y} ${y} 0 v=v(${d})-v(${r})`, `e${yb} ${yb} 0 ${y} 0 -1`];
    }),
  ];
}

/** In the inverted read rows have the errors: kept ones of the last layer, else as they come. */
export function rowDrivers(
  names: LayerNames,
  last: boolean,
  options: SteeredNetworkOptions,
): string[] {
  return names.rows.flatMap((row, n) => {
    const own = `${names.prefix}${n + 1}`;
    const y = last ? `k${own}` : names.errors[n];
    const kept = last ? [sourceCard(`v${y}`, `${y} 0`, '0', options)] : [];
    if (options.circuits.neuron)
      return [...kept, `xq${own} ${y} ${row} inv ip in vp vn ap an row_driver`];
    // 1 ohm while inv is high.
    return [...kept, `bq${own} ${row} 0 i=(v(${row})-v(${y}))*v(inv)/vgate`];
  });
}

/** The meter of a pulse: 1 V where it has lasted for so long with +5 V [s]. */
export const meterTime = 2e-6;

/** What is left over of pulses formed by circuits: integrals of e while it writes, made 0 by a read. */
export function meters({ enables, prefix }: LayerNames): string[] {
  const slope = figure(1e-12 / (5 * meterTime));
  return enables.flatMap((e, n) => {
    const own = `${prefix}${n + 1}`;
    return [
      `bq${own}m 0 q${own} i=(${slope}*v(${e})*v(wr)-10u*v(q${own})*v(rd))/vgate`,
      `cq${own}m q${own} 0 1p`,
      // For the operating point before the first read.
      `rq${own}m q${own} 0 1e12`,
    ];
  });
}
