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

export interface OutputItem {
  /** As the user wrote it, with blanks removed: the column's header. */
  readonly text: string;
  /** `all` stands for everything that is saved by default. */
  readonly expression: Expression | 'all';
  readonly span: Span;
}
