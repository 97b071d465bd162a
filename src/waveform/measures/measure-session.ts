/**
 * The measures of one run: each analysis that ends is handed in, its measures come back; at the end
 * those that waited for others.
 */
import { type Diagnostic, DiagnosticError, warning } from '../../base/index.js';
import { visitExpression } from '../../expression/index.js';
import type { AnalysisKind, Dataset } from '../dataset.js';
import { bindMeasure, type BoundMeasure } from './bind-measure.js';
import { evaluateMeasure, expressionValue, type MeasuredQuantity } from './evaluate-measure.js';
import type { MeasureCardForm } from './measure-card.js';

/** What came of one measure. */
export interface MeasureResult {
  readonly name: string;
  /** `tran`, `ac` …; empty for an expression of measures of several analyses. */
  readonly analysis: string;
  /** Absent if the measure failed and has no default. */
  readonly value?: number;
  /** SI symbol; empty where it has none or none is known. */
  readonly unit: string;
  /** Where that was (`at`, `trig`, `targ`), in the scale's unit. */
  readonly where?: Readonly<Record<string, number>>;
  /** Why there is no value, or only the default. */
  readonly failure?: Diagnostic;
}

export interface MeasureReport {
  readonly results: readonly MeasureResult[];
  /** Warnings, such as a complex value whose magnitude was taken. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Entry {
  readonly card: MeasureCardForm;
  readonly bound: BoundMeasure | Diagnostic;
  done: boolean;
}

export class MeasureSession {
  readonly #entries: readonly Entry[];
  readonly #values: Map<string, number>;
  readonly #failed = new Set<string>();
  readonly #notes: Diagnostic[] = [];
  #told = 0;

  /** `parameters` are those of the deck. */
  constructor(
    cards: readonly MeasureCardForm[],
    parameters: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#values = new Map(parameters);
    this.#entries = cards.map((card) => ({ card, bound: bindMeasure(card), done: false }));
  }

  /** Measures an analysis, in the order of the cards. */
  async take(dataset: Dataset, completed = true): Promise<MeasureReport> {
    const results: MeasureResult[] = [];
    if (valued.has(dataset.analysis) && dataset.length > 0)
      for (const { name, real } of dataset.columns) this.#values.set(name, real[0]);
    for (const entry of this.#entries) {
      const { card, bound } = entry;
      if (!concerns(card, dataset) || 'severity' in bound || this.#waits(bound)) continue;
      if (card.analysis === undefined && entry.done) continue;
      entry.done = true;
      const subject = { dataset, completed, values: this.#values };
      results.push(
        await this.#attempt(bound, dataset.analysis, () =>
          dataset.length === 0
            ? Promise.reject(new DiagnosticError([nothingComputed(bound)]))
            : evaluateMeasure(bound, subject, this.#notes),
        ),
      );
    }
    return { results, diagnostics: this.#newNotes() };
  }

  /** What is left: expressions of measures that came later, cards in error or of no analysis. */
  async finish(): Promise<MeasureReport> {
    const results: MeasureResult[] = [];
    for (const entry of this.#entries) {
      if (entry.done) continue;
      const { card, bound } = entry;
      const analysis = card.analysis ?? '';
      if ('severity' in bound) {
        this.#failed.add(card.name);
        results.push({ name: card.name, analysis, unit: '', failure: bound });
      } else if (bound.measure.form === 'expression') {
        const [operand] = bound.clauses[0].operands;
        const value = async (): Promise<MeasuredQuantity> => ({
          value: await expressionValue(operand, { values: this.#values }),
          unit: '',
        });
        results.push(await this.#attempt(bound, analysis, value));
      } else
        results.push(await this.#attempt(bound, analysis, () => Promise.reject(noAnalysis(card))));
    }
    return { results, diagnostics: this.#newNotes() };
  }

  /** An expression of measures that have no value yet. */
  #waits(bound: BoundMeasure): boolean {
    if (bound.measure.form !== 'expression') return false;
    const pending = new Set(
      this.#entries
        .filter(({ done, card }) => !done && card !== bound.card)
        .map(({ card }) => card.name),
    );
    return namesIn(bound).some(
      (name) => (pending.has(name) || later.test(name)) && !this.#values.has(name),
    );
  }

  async #attempt(
    bound: BoundMeasure,
    analysis: string,
    measure: () => Promise<MeasuredQuantity>,
  ): Promise<MeasureResult> {
    const { name } = bound.card;
    try {
      const { value, unit, where } = await measure();
      this.#values.set(name, value);
      return { name, analysis, value, unit, ...(where ? { where } : {}) };
    } catch (problem) {
      if (!(problem instanceof DiagnosticError)) throw problem;
      this.#failed.add(name);
      const failure = this.#blamed(bound) ?? problem.diagnostics[0];
      const fallback = bound.clauses.map(({ settings }) => settings.get('default_val')?.value);
      const value = fallback.find((candidate) => candidate !== undefined);
      if (value !== undefined) this.#values.set(name, value);
      return { name, analysis, ...(value === undefined ? {} : { value }), unit: '', failure };
    }
  }

  /** A measure that failed because another one did. */
  #blamed(bound: BoundMeasure): Diagnostic | undefined {
    const culprit = namesIn(bound).find(
      (name) => this.#failed.has(name) && !this.#values.has(name),
    );
    if (culprit === undefined) return undefined;
    const message = `no value: '${culprit}', which it depends on, has none`;
    return warning('W604', message, bound.card.span);
  }

  #newNotes(): Diagnostic[] {
    const notes = this.#notes.slice(this.#told);
    this.#told = this.#notes.length;
    return notes;
  }
}

/** Analyses whose results expressions may name: they have one value each. */
const valued: ReadonlySet<AnalysisKind> = new Set(['integrated-noise', 'tf']);
/** Names of such results; they follow what an analysis of the same card computes first. */
const later = /^[oi]noise_total|^transfer_function$/;

/** Of the quantities of the circuit itself, which a card of no analysis means. */
const ordinary: ReadonlySet<AnalysisKind> = new Set(['op', 'dc', 'ac', 'tran']);

function concerns({ analysis }: MeasureCardForm, dataset: Dataset): boolean {
  return (
    (analysis === undefined && ordinary.has(dataset.analysis)) ||
    analysis === dataset.analysis ||
    (analysis === 'tr' && dataset.analysis === 'tran')
  );
}

/** Names that a card's expressions mention. */
function namesIn({ clauses }: BoundMeasure): string[] {
  const names: string[] = [];
  for (const { operands, settings, condition } of clauses) {
    const all = [
      ...operands,
      ...settings.values(),
      ...(condition ? [condition.left, condition.right] : []),
    ];
    for (const { expression } of all)
      if (expression)
        visitExpression(expression, (node) => {
          if (node.kind === 'name') names.push(node.name);
        });
  }
  return names;
}

function nothingComputed({ card }: BoundMeasure): Diagnostic {
  return warning('W604', 'no value: the analysis has no points', card.span);
}

function noAnalysis({ analysis, span }: MeasureCardForm): DiagnosticError {
  const what = analysis === undefined ? 'no analysis' : `no .${analysis} analysis`;
  return new DiagnosticError([warning('W604', `no value: there is ${what} in this deck`, span)]);
}
