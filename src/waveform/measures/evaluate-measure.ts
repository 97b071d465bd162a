/** One measure on one dataset. */
import {
  type Diagnostic,
  DiagnosticError,
  formatQuantity,
  inRange,
  type Span,
} from '../../base/index.js';
import { evaluate, type Expression, visitExpression } from '../../expression/index.js';
import { calculate, isSpectral, spectraOf } from '../calculator/index.js';
import type { Dataset } from '../dataset.js';
import type { Waveform } from '../waveform.js';
import { type BoundMeasure, type Clause, idleSettings, tableOf } from './bind-measure.js';
import { findEdge, orElse, reaches } from './edges.js';
import type { OperandForm } from './measure-card.js';
import {
  type DelayMeasure,
  type Interval,
  isFailure,
  type Measured,
  type Outcome,
  type Place,
  type PointMeasure,
  type Settings,
  type Signal,
  type WindowMeasure,
} from './measure.js';
import { ascending, clip, reach } from './piecewise.js';
import { refusal } from './refusal.js';
import { signalOf } from './signals.js';

/** What a measure works on. */
export interface MeasureSubject {
  readonly dataset: Dataset;
  /** False if the analysis ended before its end. */
  readonly completed: boolean;
  /** Parameters of the deck, and the values of measures so far. */
  readonly values: ReadonlyMap<string, number>;
}

export interface MeasuredQuantity extends Measured {
  readonly unit: string;
}

/** The value. Throws a `DiagnosticError` that says why there is none. */
export async function evaluateMeasure(
  given: BoundMeasure,
  of: MeasureSubject,
  notes: Diagnostic[],
): Promise<MeasuredQuantity> {
  const { measure } = given;
  const { bound, subject } = await overFrequency(given, of);
  const evaluation = new Evaluation(bound, subject, notes);
  switch (measure.form) {
    case 'window':
      return evaluation.window(measure);
    case 'point':
      return evaluation.point(measure);
    case 'delay':
      return evaluation.delay(measure);
    case 'expression': {
      const value = await expressionValue(bound.clauses[0].operands[0], subject);
      return { value, unit: '' };
    }
  }
}

/** A measure of spectra works on a dataset over frequency. */
async function overFrequency(
  bound: BoundMeasure,
  subject: MeasureSubject,
): Promise<{ readonly bound: BoundMeasure; readonly subject: MeasureSubject }> {
  const expressions = bound.clauses
    .flatMap(({ operands, condition }) => [
      ...operands,
      ...(condition ? [condition.left, condition.right] : []),
    ])
    .flatMap(({ expression }) => (expression && isSpectral(expression) ? [expression] : []));
  if (expressions.length === 0) return { bound, subject };
  const spectra = await spectraOf(expressions, subject.dataset);
  if ('code' in spectra) throw new DiagnosticError([spectra]);
  const replaced = (operand: OperandForm): OperandForm =>
    operand.expression ? { ...operand, expression: spectra.replace(operand.expression) } : operand;
  const clauses = bound.clauses.map((clause): Clause => {
    const { operands, condition } = clause;
    return {
      ...clause,
      operands: operands.map(replaced),
      ...(condition
        ? { condition: { left: replaced(condition.left), right: replaced(condition.right) } }
        : {}),
    };
  });
  return { bound: { ...bound, clauses }, subject: { ...subject, dataset: spectra.dataset } };
}

/** A number, or the last value of an expression of signals. Throws a `DiagnosticError`. */
export async function expressionValue(
  { text, span, value, expression }: OperandForm,
  { dataset, values }: Pick<MeasureSubject, 'values'> & { readonly dataset?: Dataset },
): Promise<number> {
  if (value !== undefined) return value;
  if (!expression) throw refusal(`'${text}' is neither a number nor a measure`, span);
  if (dataset && readsSignals(expression)) {
    const column = await calculate(expression, dataset, { name: text, parameters: values });
    if ('code' in column) throw new DiagnosticError([column]);
    return column.real[column.real.length - 1];
  }
  const scope = { lookup: (name: string) => values.get(name), names: () => values.keys() };
  const found = evaluate(expression, scope);
  if (typeof found !== 'number') throw new DiagnosticError([found]);
  return found;
}

function readsSignals(expression: Expression): boolean {
  let reads = false;
  visitExpression(expression, ({ kind }) => {
    if (kind === 'access') reads = true;
  });
  return reads;
}

class Evaluation {
  readonly #bound: BoundMeasure;
  readonly #subject: MeasureSubject;
  readonly #notes: Diagnostic[];

  constructor(bound: BoundMeasure, subject: MeasureSubject, notes: Diagnostic[]) {
    this.#bound = bound;
    this.#subject = subject;
    this.#notes = notes;
  }

  async window(measure: WindowMeasure): Promise<MeasuredQuantity> {
    const [own] = this.#bound.clauses;
    const signals: Signal[] = [];
    for (const operand of own.operands) signals.push(await this.#signal(operand));
    const settings = await this.#settings(own);
    const interval = await this.#interval(settings, signals[0]);
    const parts = signals.map(({ pieces }) => cut(pieces, interval));
    if (parts[0].length === 0) throw this.#refuse('no point lies in the window');
    const labels = signals.map(({ label }) => label);
    return this.#result(measure.measure(parts, settings, labels), signals[0]);
  }

  async point(measure: PointMeasure): Promise<MeasuredQuantity> {
    const { clauses } = this.#bound;
    const [own] = clauses;
    const signal = measure.reads ? await this.#signal(own.operands[0]) : undefined;
    const event = clauses.find(({ keyword }) => keyword === 'when');
    const place = event
      ? await this.#event(event, await this.#settings(own, await this.#settings(event)))
      : await this.#fixedPlace(own, signal);
    return this.#result(measure.measure(place, signal), signal);
  }

  async delay(measure: DelayMeasure): Promise<MeasuredQuantity> {
    const [trigger, target] = await this.#triggerAndTarget();
    return this.#result(measure.measure(trigger, target));
  }

  async #triggerAndTarget(): Promise<[Place, Place]> {
    const places: Place[] = [];
    for (const word of ['trig', 'targ']) {
      const clause = this.#bound.clauses.find(({ keyword }) => keyword === word)!;
      const settings = await this.#settings(clause);
      places.push(await this.#event(clause, settings));
    }
    return [places[0], places[1]];
  }

  /** Where a clause says that something happens. */
  async #event(clause: Clause, settings: Settings): Promise<Place> {
    if (!Number.isNaN(orElse(settings.at, NaN))) return this.#at(settings.at, clause.span);
    const { condition, operands } = clause;
    const signal = await this.#signal(condition ? condition.left : operands[0]);
    const level = condition ? await this.#level(condition.right) : settings.val;
    const found = findEdge(signal, level, settings);
    if (!isFailure(found)) return found;
    const stopped = this.#stoppedAt();
    const reason = stopped
      ? `${found.reason} before the analysis stopped at ${stopped}`
      : found.reason;
    throw refusal(reason, clause.span, found.help);
  }

  async #fixedPlace(own: Clause, signal: Signal | undefined): Promise<Place> {
    const { at } = await this.#settings(own);
    if (Number.isNaN(at)) return { x: 0, piece: 0 };
    return this.#at(at, own.settings.get('at')!.span, signal);
  }

  /** A place, which must lie within the analysis. */
  #at(x: number, span: Span, signal?: Signal): Place {
    const { scale } = this.#subject.dataset;
    const whole = signal ?? { pieces: [{ x: scale.real, y: scale.real }] };
    if (reaches(whole as Signal, x)) {
      const piece = signal?.pieces.findIndex((wave) => within(wave, x)) ?? 0;
      return { x, piece: Math.max(piece, 0) };
    }
    const { unit } = scale.quantity;
    const { from, to } = reach({ x: scale.real, y: scale.real });
    const range = `${formatQuantity(from, unit)} to ${formatQuantity(to, unit)}`;
    throw refusal(
      `the analysis does not reach ${formatQuantity(x, unit)}`,
      span,
      `it goes from ${range}`,
    );
  }

  /** A number, the value of a measure, or a signal. */
  async #level(operand: OperandForm): Promise<number | Signal> {
    const { value, expression } = operand;
    if (value !== undefined) return value;
    if (expression && readsSignals(expression)) return this.#signal(operand);
    return expressionValue(operand, this.#subject);
  }

  #signal(operand: OperandForm): Promise<Signal> {
    return signalOf(operand, this.#subject.dataset, this.#subject.values, this.#notes);
  }

  async #settings(clause: Clause, over: Settings = {}): Promise<Settings> {
    const table = tableOf(this.#bound.measure, clause.keyword);
    const settings: Record<string, number> = {};
    for (const [name, parameter] of Object.entries(table)) settings[name] = parameter.default;
    for (const [name, value] of Object.entries(over))
      if (!Number.isNaN(value)) settings[name] = value;
    for (const [name, operand] of clause.settings) {
      if (idleSettings.has(name)) continue;
      const parameter = table[name];
      if (parameter.kind === 'integer' && operand.text === 'last') settings[name] = Infinity;
      else {
        const value = await expressionValue(operand, this.#subject);
        const whole = parameter.kind !== 'integer' || Number.isInteger(value);
        if (!whole || !inRange(value, parameter.range))
          throw refusal(`'${name}' cannot be ${value}`, operand.span, parameter.doc);
        settings[name] = value;
      }
    }
    return settings;
  }

  /** The window of a measure over the reach of its signal. */
  async #interval(settings: Settings, { pieces }: Signal): Promise<Interval> {
    const { clauses, card } = this.#bound;
    const whole = {
      from: Math.min(...pieces.map((wave) => reach(wave).from)),
      to: Math.max(...pieces.map((wave) => reach(wave).to)),
    };
    const triggered = clauses.some(({ keyword }) => keyword === 'trig');
    const [a, b] = triggered ? await this.#triggerAndTarget() : [];
    const from = a?.x ?? orElse(settings.from, orElse(settings.td, whole.from));
    const to = b?.x ?? orElse(settings.to, whole.to);
    const { unit } = this.#subject.dataset.scale.quantity;
    const [lower, upper] = [from, to].map((x) => formatQuantity(x, unit));
    if (from > to) throw refusal(`the window from ${lower} to ${upper} runs backwards`, card.span);
    const stopped = this.#stoppedAt();
    if (stopped && (Number.isNaN(orElse(settings.to, NaN)) ? !triggered : to > whole.to))
      throw refusal(`the analysis stopped at ${stopped}, within the window`, card.span);
    if (from > whole.to || to < whole.from)
      throw refusal(
        `the window from ${lower} to ${upper} lies outside of the analysis`,
        card.span,
        `that goes from ${formatQuantity(whole.from, unit)} to ${formatQuantity(whole.to, unit)}`,
      );
    return { from, to };
  }

  /** Where an incomplete analysis ended. */
  #stoppedAt(): string | undefined {
    const { completed, dataset } = this.#subject;
    if (completed || !dataset.hasScale || dataset.length === 0) return undefined;
    const { real, quantity } = dataset.scale;
    return formatQuantity(real[real.length - 1], quantity.unit);
  }

  #result(outcome: Outcome, signal?: Signal): MeasuredQuantity {
    if (isFailure(outcome)) throw this.#refuse(outcome.reason, outcome.help);
    const { dataset } = this.#subject;
    const scale = dataset.hasScale ? dataset.scale.quantity.unit : '';
    return { ...outcome, unit: this.#bound.measure.unit(signal?.quantity.unit ?? '', scale) };
  }

  #refuse(reason: string, help?: string): DiagnosticError {
    return refusal(reason, this.#bound.card.span, help);
  }
}

function within(wave: Waveform, x: number): boolean {
  const { from, to } = reach(wave);
  return x >= from && x <= to;
}

/** The parts of the pieces that lie in an interval. */
function cut(pieces: readonly Waveform[], interval: Interval): Waveform[] {
  return pieces.map((wave) => clip(ascending(wave), interval)).filter(({ x }) => x.length > 0);
}
