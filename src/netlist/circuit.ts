import type { Diagnostic, Span } from '../base/index.js';
import type { ModelDefinition } from '../devices/language/model.js';
import type { SourceWaveform } from '../devices/sources/source-waveform.js';
import type { Expression } from '../expression/ast.js';

/**
 * A flat circuit: what expansion makes of a deck. Includes are read, parameters evaluated,
 * subcircuits opened, models found. The solver needs nothing of the netlist beyond this.
 */
export interface Circuit {
  readonly title: string;
  /** Node names, lower case, hierarchical (`x1.n`); index 0 is ground, `0`. */
  readonly nodes: readonly string[];
  readonly instances: readonly Instance[];
  /** `.op`, `.dc`, `.ac`, `.tran` … in the deck's order; the solver binds their arguments. */
  readonly analyses: readonly AnalysisCard[];
  readonly initialConditions: readonly NodeValue[];
  readonly nodesets: readonly NodeValue[];
  /** `.options`, later ones override; a flag has value 1. */
  readonly options: ReadonlyMap<string, OptionValue>;
  /** `.temp` in °C; several mean several runs. Empty: `.options temp`, or 27 °C. */
  readonly temperatures: readonly number[];
  readonly saves: readonly OutputRequest[];
  readonly prints: readonly OutputRequest[];
  /** `.step`: repetitions of all analyses. The first card is the innermost loop. */
  readonly steps: readonly StepCard[];
  /** `.mc`, if the deck has one. */
  readonly monteCarlo?: MonteCarloCard;
  /** In a run of a Monte Carlo: every value that was drawn, by its label (`rx`, `@r1[r]`). */
  readonly drawn?: ReadonlyMap<string, number>;
  /** `.data` tables by name; `.step data=name` has one as its rows. */
  readonly data: ReadonlyMap<string, DataTable>;
  /** `.four`, in the deck's order. */
  readonly fouriers: readonly FourierCard[];
  /** `.meas`, in the deck's order. */
  readonly measures: readonly MeasureCard[];
  /**
   * Whether values depend on the temperature (`.param r={1k*(1+temper/100)}`): they are those of the
   * first of `temperatures`, and another one needs another expansion.
   */
  readonly readsTemperature: boolean;
  /** Values of the top level's `.param`s after overriding. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Warnings and notes of expansion; errors do not come this far. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Instance {
  /** Hierarchical, lower case: `x1.d1`. */
  readonly name: string;
  readonly definition: ModelDefinition;
  /** Absent where the element needs no card (R, C, V …). Shared by all instances that use it. */
  readonly card?: ModelCard;
  /** Circuit node of each terminal. */
  readonly nodes: readonly number[];
  /** Instance parameters as given, SI units (`temp` and `dtemp` in °C and K). */
  readonly parameters: ReadonlyMap<string, number>;
  /** For each name in `definition.references`, the instance whose branch current is read. */
  readonly references: readonly string[];
  /** For independent sources: dc value, ac phasor, function of time. */
  readonly source?: SourceWaveform;
  readonly span: Span;
}

export interface ModelCard {
  readonly name: string;
  /** As given on the card, SI units; polarity (`nmos`, `pmos`) is a parameter of the definition. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly span: Span;
}

export interface NodeValue {
  readonly node: number;
  readonly value: number;
  readonly span: Span;
}

export interface OptionValue {
  /** A number, or the word that stands there (`method=gear`). */
  readonly value: number | string;
  readonly span: Span;
}

/** An analysis card before its arguments are bound to the analysis's parameter table. */
export interface AnalysisCard {
  /** Without the dot, lower case: `tran`. */
  readonly name: string;
  readonly arguments: readonly CardArgument[];
  readonly span: Span;
}

export interface CardArgument {
  /** As written, lower case: a word (`dec`, `uic`, `v1`) or the text of a number or expression. */
  readonly text: string;
  /** Set where the argument is a number or a parameter expression. */
  readonly value?: number;
  readonly span: Span;
}

/** One `.save` or `.print` card. */
export interface OutputRequest {
  /** Which analysis it is for; absent: all. */
  readonly analysis?: string;
  readonly items: readonly OutputItem[];
  readonly span: Span;
}

/** A `.four` card. */
export interface FourierCard {
  /** Of the fundamental [Hz]. */
  readonly frequency: number;
  /** How many, the fundamental included. */
  readonly harmonics: number;
  readonly items: readonly OutputItem[];
  readonly span: Span;
}

export interface OutputItem {
  /** As the user wrote it, with blanks removed: the column's header. */
  readonly text: string;
  /** `all` stands for everything that is saved by default. */
  readonly expression: Expression | 'all';
  readonly span: Span;
}

/** One loop of runs. `expandDeck(deck, {values})` gives the circuit of one of its rows. */
export interface StepCard {
  /** What changes; several things change together with `.step data=…`. */
  readonly targets: readonly StepTarget[];
  /** One row a step: a value for each target, SI units, temperatures in °C. */
  readonly rows: readonly (readonly number[])[];
  /** What the rows are called, where they are corners. */
  readonly names?: readonly string[];
  readonly span: Span;
}

/** A `.mc` card. */
export interface MonteCarloCard {
  readonly runs: number;
  readonly seed?: number;
  readonly span: Span;
}

/** A quantity of the deck that takes other values from step to step. */
export interface StepTarget {
  readonly kind: 'parameter' | 'temperature' | 'instance' | 'model';
  /** Of the parameter, the instance or the model card; `temp` for the temperature. */
  readonly name: string;
  /** Of an instance or a model card; `dc` stands for the dc value of a source. */
  readonly parameter?: string;
  /** A column's header: `r`, `temp`, `r1`, `@m1[w]`, `dmod(is)`. */
  readonly label: string;
  readonly unit: string;
}

/** What one target is set to. */
export interface StepValue {
  readonly target: StepTarget;
  readonly value: number;
}

export interface DataTable {
  readonly name: string;
  readonly targets: readonly StepTarget[];
  readonly rows: readonly (readonly number[])[];
  readonly span: Span;
}

/** A `.meas` card; which words it needs is for the measure that its first one names. */
export interface MeasureCard {
  /** `tran`, `ac`, `dc` …; absent: any. */
  readonly analysis?: string;
  readonly name: string;
  readonly items: readonly MeasureItem[];
  readonly span: Span;
}

/** `trig` or `v(out)`; `val=0.5`; `v(out)=0.5` (as `when` has it). */
export type MeasureItem =
  | (MeasureOperand & { readonly kind: 'operand' })
  | {
      readonly kind: 'setting';
      readonly name: string;
      readonly value: MeasureOperand;
      readonly span: Span;
    }
  | {
      readonly kind: 'equation';
      readonly left: MeasureOperand;
      readonly right: MeasureOperand;
      readonly span: Span;
    };

export interface MeasureOperand {
  /** As written, lower case, without blanks, braces and quotes around it: keywords are told by it. */
  readonly text: string;
  /**
   * With parameters replaced by their values; names of other measures stay. Absent where the word
   * means nothing in this circuit, as most keywords do.
   */
  readonly expression?: Expression;
  /** Set where it is a constant. */
  readonly value?: number;
  readonly span: Span;
}
