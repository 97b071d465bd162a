/** The cards of one layer: columns, synapses, and what stands at the ends of the rows. */
import { card, figure } from './deck-lines.js';
import type { GenerateOptions } from './generate-options.js';
import type { LayerNames } from './layer-names.js';
import { type Reading, readings } from './reading.js';

/** Columns of a first layer: sources scale the input by the phase, and give its inverse. */
export function firstColumns(names: LayerNames, reading: Reading = 'p-channel'): string[] {
  return names.columns.flatMap((u, m) => [
    `b${u} ${u} 0 ${readings[reading].column(names.inputs[m])}`,
    `e${names.inverses[m]} ${names.inverses[m]} 0 ${u} 0 -1`,
  ]);
}

/** Columns of a layer behind another, which the inverted read takes off their sources. */
export function laterColumns(names: LayerNames, reading: Reading = 'p-channel'): string[] {
  const column = `column${readings[reading].suffix}`;
  return names.columns.map(
    (u, m) => `xc${u} ${names.inputs[m]} rd inv wr ip in ${u} ${names.inverses[m]} vp vn ${column}`,
  );
}

/** One line a synapse, with its state at the start. */
export function synapseCards(
  names: LayerNames,
  states: readonly (readonly number[])[],
  { length, shock, reading }: GenerateOptions,
): string[] {
  // What the subcircuit has by itself.
  const own = (length === 0.25e-6 ? '' : ` l=${figure(length)}`) + shockOf(shock);
  return names.synapses.flatMap((row, n) =>
    row.map(
      (synapse, m) =>
        `${synapse} ${names.columns[m]} ${names.inverses[m]} ${names.enables[n]} rr ` +
        `${names.rows[n]} vp vn synapse${readings[reading].suffix} s0=${figure(states[n][m])}${own}`,
    ),
  );
}

function shockOf(shock: number): string {
  return shock === 1e-12 ? '' : ` csh=${figure(shock)}`;
}

/** Amplifiers of rows: as they are, or with their offset taken back between two reads. */
export type Amplifiers = 'plain' | 'zeroed';

const amplifierCards = {
  plain: (subcircuit: string): string => `ap an ${subcircuit}`,
  zeroed: (subcircuit: string): string => `zero use ap an zeroed_${subcircuit}`,
} as const;

/** Output resistors and row amplifiers. */
export function rowCards(names: LayerNames, amplifiers: Amplifiers = 'plain'): string[] {
  const amplifier = amplifierCards[amplifiers]('row_amplifier');
  return names.rows.flatMap((row, n) => [
    `rout${names.prefix}${n + 1} ${row} 0 {rout}`,
    `xr${names.prefix}${n + 1} ${row} ${names.outputs[n]} ${amplifier}`,
  ]);
}

/** Errors of the last layer: y = d - r and its inverse. */
export function targetCards(
  names: LayerNames,
  targets: readonly string[],
  amplifiers: Amplifiers = 'plain',
): string[] {
  const subtractor = amplifierCards[amplifiers]('subtractor');
  return names.rows.flatMap((_, n) => {
    const [d, r, own] = [targets[n], names.outputs[n], `${names.prefix}${n + 1}`];
    return [
      `xy${own} ${d} ${r} ${names.errors[n]} ${subtractor}`,
      `xyb${own} ${r} ${d} ${names.inverseErrors[n]} ${subtractor}`,
    ];
  });
}

/** Neurons between two layers: what the row read is kept, and drives the next layer's columns. */
export function neuronCards(names: LayerNames, next: LayerNames): string[] {
  return names.rows.flatMap((_, n) => {
    const own = `${names.prefix}${n + 1}`;
    return [
      `xh${own} ${names.outputs[n]} smp smpb ${names.kept[n]} an hold`,
      `xs${own} ${names.kept[n]} ${next.inputs[n]} bn ap an sigmoid`,
      `xw${own} ${next.inputs[n]} w${own} one ap an slope`,
    ];
  });
}

/** Errors of a hidden layer: y = sigma'(r)*delta, delta read between the next layer's columns. */
export function hiddenErrorCards(
  names: LayerNames,
  next: LayerNames,
  reading: Reading = 'p-channel',
): string[] {
  return names.rows.flatMap((_, n) => {
    const [own, u, ub] = [`${names.prefix}${n + 1}`, next.columns[n], next.inverses[n]];
    const [y, yb] = [names.errors[n], names.inverseErrors[n]];
    const delta = readings[reading].difference(u, ub);
    return [`b${y} ${y} 0 v=slope0*v(w${own})*${delta}*v(ml)/vgate`, `e${yb} ${yb} 0 ${y} 0 -1`];
  });
}

/** What drives the rows of a layer in the inverted read: its errors, kept where they come from a read. */
export function rowDriverCards(names: LayerNames, last: boolean): string[] {
  return names.rows.flatMap((row, n) => {
    const own = `${names.prefix}${n + 1}`;
    const driver = (y: string): string =>
      `xq${own} ${y} ${row} inv ip in vp vn ap an zeroed_row_driver`;
    if (!last) return [driver(names.errors[n])];
    return [`xk${own} ${names.errors[n]} smp smpb k${own} an hold`, driver(`k${own}`)];
  });
}

/** Feedback circuits: clock of the sample, and what counts as reading, differ between layers. */
export function feedbackCards(
  names: LayerNames,
  sample: string,
  phase: string,
  reading: Reading = 'p-channel',
): string[] {
  const feedback = `feedback${readings[reading].suffix}`;
  return names.rows.map((_, n) =>
    card(
      `xf${names.prefix}${n + 1} ${names.errors[n]} ${names.inverseErrors[n]} saw ${sample} ` +
        `${phase} wr ${names.enables[n]} vp vn dp an ${feedback}`,
    ),
  );
}
