import { DiagnosticError } from '../../base/index.js';
import { card, comment, figure, microseconds } from './deck-lines.js';
import { checkOptions, count, generateDefaults, type GenerateOptions } from './generate-options.js';
import { initialStates } from './initial-states.js';
import { synapseCards } from './layer-cards.js';
import { type LayerNames, layerNames } from './layer-names.js';
import { libraryCards } from './library-cards.js';
import { phaseSources, phasesOf, timing } from './phases.js';
import { type ReadingCards, readings } from './reading.js';
import { sampleSources } from './sample-sources.js';
import { stateSignal } from './state-signal.js';

export interface GridOptions extends GenerateOptions {
  /** Columns without the bias, and rows. */
  readonly inputs: number;
  readonly outputs: number;
  /** Inputs u [V] before they are divided by a, one for each column without the bias. */
  readonly values: readonly number[];
  /**
   * Errors y [V], one for each row: the deck reads, writes with pulses of |y| over the slope of the
   * sawtooth, and reads again. Without them it is a read as a dc sweep over the size of the inputs.
   */
  readonly errors?: readonly number[];
}

export interface GeneratedGrid {
  readonly text: string;
  readonly names: LayerNames;
}

/**
 * The deck of a grid alone, whose rows are driven by sources. A read carries beside each row what
 * equation (5) says (`plain1`) and the same with the row's load (`loaded1`):
 *
 *     rout*sum u/a*(1/R - 1/rref)      over   1 + rout*sum (1/R + 1/rref)
 *
 * Throws a `DiagnosticError` for options that no deck can be made of.
 */
export function generateGrid(
  wanted: Partial<GridOptions> & Pick<GridOptions, 'inputs' | 'outputs' | 'values'>,
): GeneratedGrid {
  const options: GridOptions = { ...generateDefaults, ...wanted };
  const { inputs, outputs, values, errors, bias } = options;
  const wrong = checkOptions(options, [inputs, outputs]);
  const problems =
    wrong.length > 0
      ? wrong
      : [
          ...count(values, inputs, 'inputs'),
          ...(errors ? count(errors, outputs, 'errors of the rows') : []),
        ];
  if (problems.length > 0) throw new DiagnosticError(problems);
  const names = layerNames(0, 1, inputs + (bias ? 1 : 0), outputs);
  const states = initialStates(options.states, 0, names);
  const text = [
    `Grid of ${outputs} rows and ${names.columns.length} columns of 2T1M synapses`,
    comment(errors ? writeHeader : readHeader),
    '',
    ...libraryCards(options, false),
    '',
    'vp vp 0 {vdd}',
    'vn vn 0 {vee}',
    '',
    ...(errors ? writeSources(names, options, errors) : readSources(names, options)),
    '',
    '* Synapses',
    ...synapseCards(names, states, options),
    '* Rows',
    ...names.rows.map((row, n) => `rout${n + 1} ${row} 0 {rout}`),
    ...(errors ? [] : expectations(names, states, options)),
    '',
    ...(errors ? writeOutputs(names, options) : readOutputs(names)),
    '.end',
    '',
  ].join('\n');
  return { text, names };
}

const source = `Rosenthal et al., "A fully analog memristor-based neural network with online gradient training",
ISCAS 2016, fig. 3 and equations (3)-(5).`;

const readHeader = `${source}

A read, swept over the size of the inputs: row<n> is what the circuit gives, loaded<n> the sum that
it stands for with the load of the row, plain<n> equation (5).`;

const writeHeader = `${source}

Read (5 us), write (10 us, pulses of |y| over the slope of the sawtooth), read (5 us).
x<row>_<column> are the synapses.`;

function inputsOf(names: LayerNames, { values, bias }: GridOptions): string[] {
  const given = values.map(figure);
  return bias ? [...given, '{vbias}'].slice(0, names.columns.length) : given;
}

function readSources(names: LayerNames, options: GridOptions): string[] {
  const cards = readings[options.reading];
  return [
    '* Columns: scale is the size of the inputs, divided by a',
    'vscale scale 0 1',
    ...inputsOf(names, options).flatMap((value, m) => [
      `e${names.columns[m]} ${names.columns[m]} 0 scale 0 ${cards.divided(unbraced(value))}`,
      `e${names.inverses[m]} ${names.inverses[m]} 0 ${names.columns[m]} 0 -1`,
    ]),
    '* Rows are read, the reference is on',
    `vrr rr 0 ${cards.enable}`,
    ...names.enables.map((e) => `v${e} ${e} 0 ${cards.enable}`),
  ];
}

function unbraced(value: string): string {
  return value.replace(/[{}]/g, '');
}

/** What rows should give, from the resistances of the initial states. */
function expectations(
  names: LayerNames,
  states: readonly (readonly number[])[],
  { reading }: GridOptions,
): string[] {
  const lines = ['* What the rows stand for'];
  // The node that has the input itself, not its inverse.
  const inputs = reading === 'p-channel' ? names.columns : names.inverses;
  names.rows.forEach((_, n) => {
    const terms = states[n].map(
      (s, m) => `v(${inputs[m]})*(1/(ron+(roff-ron)*${figure(s)})-1/rref)`,
    );
    const loads = states[n].map((s) => `1/(ron+(roff-ron)*${figure(s)})+1/rref`);
    lines.push(card(`bplain${n + 1} plain${n + 1} 0 v=rout*( ${terms.join(' + ')} )`));
    lines.push(
      card(`bloaded${n + 1} loaded${n + 1} 0 v=v(plain${n + 1})/(1+rout*( ${loads.join(' + ')} ))`),
    );
  });
  const sizes = names.columns.map((u) => `abs(v(${u}))`).join(' + ');
  lines.push(card(`bfull full 0 v=rout/rref*( ${sizes} )`));
  return lines;
}

function readOutputs(names: LayerNames): string[] {
  const rows = names.rows.map((_, n) => n + 1);
  return [
    '.dc vscale 0.1 1 0.1',
    card(
      `.print dc ${rows.flatMap((n) => [`v(row${n})`, `v(loaded${n})`, `v(plain${n})`]).join(' ')}`,
    ),
    '* In parts of full scale, rout/rref*sum |u|/a, at the largest inputs',
    '.meas dc full find v(full) at=1',
    ...rows.flatMap((n) =>
      ['loaded', 'plain'].flatMap((what) => [
        `.meas dc ${what === 'loaded' ? 'error' : 'away'}${n} find par('(v(row${n})-v(${what}${n}))/v(full)') at=1`,
      ]),
    ),
  ];
}

function writeSources(
  names: LayerNames,
  options: GridOptions,
  errors: readonly number[],
): string[] {
  const phases = phasesOf(1);
  const inputs = inputsOf(names, options);
  const cards = readings[options.reading];
  return [
    '* Phases',
    ...phaseSources(phases, 1, options.reading).filter((line) => /^v(rd|wr|rr) /.test(line)),
    '* Columns: u/a to read, u to write, and the inverse',
    ...names.columns.flatMap((u, m) => [
      ...(inputs[m].startsWith('{')
        ? [`v${names.inputs[m]} ${names.inputs[m]} 0 ${inputs[m]}`]
        : sampleSources([names.inputs[m]], [[options.values[m]]], phases)),
      `b${u} ${u} 0 ${cards.column(names.inputs[m])}`,
      `e${names.inverses[m]} ${names.inverses[m]} 0 ${u} 0 -1`,
    ]),
    '* Enables',
    ...names.enables.map((e, n) => card(enable(e, errors[n], cards))),
  ];
}

/** To read -5 V, or +5 V through n-channel transistors; to write +5 V or -5 V by the sign of y, for |y| over the slope of the sawtooth. */
function enable(node: string, y: number, { enable: read }: ReadingCards): string {
  const slope = 15e-3 / timing.write;
  const length = Math.min(Math.abs(y) / slope, timing.write - 30e-9);
  const level = y > 0 ? '{vdd}' : '{vee}';
  const [start, end] = [timing.read, timing.read + length];
  const at = microseconds;
  const write =
    length > 20e-9
      ? ` ${at(start)} 0 ${at(start + 10e-9)} ${level} ${at(end)} ${level} ${at(end + 10e-9)} 0`
      : '';
  return (
    `v${node} ${node} 0 pwl(0 0 10n ${read} 4.98u ${read} 4.99u 0${write} ` +
    `15u 0 15.01u ${read} 19.98u ${read} 19.99u 0)`
  );
}

function writeOutputs(names: LayerNames, options: GridOptions): string[] {
  const synapses = names.synapses.flat();
  // Nodes are saved anyway.
  const further = options.memristor === 'team' ? synapses.map((x) => stateSignal(x, options)) : [];
  const shown = synapses.slice(0, 6).map((synapse) => stateSignal(synapse, options));
  return [
    '.tran 10n 20u',
    card(['.save all', ...further].join(' ')),
    card(
      `.print tran ${[...names.enables, ...names.rows]
        .slice(0, 6)
        .map((node) => `v(${node})`)
        .join(' ')} ${shown.join(' ')}`,
    ),
    ...names.rows.flatMap((row, n) => [
      `.meas tran before${n + 1} find v(${row}) at=4.8u`,
      `.meas tran after${n + 1} find v(${row}) at=19.8u`,
    ]),
  ];
}
