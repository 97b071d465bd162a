import type { Source, Span } from '../base/index.js';
import type { Expression } from '../expression/index.js';

/** A deck as written, one node a card. Names are lower case; every node keeps its span. */
export interface Deck {
  readonly source: Source;
  readonly title: string;
  readonly statements: readonly Statement[];
  /** False where a card that may have been elements could not be read. */
  readonly complete: boolean;
}

export type Statement =
  | ElementStatement
  | BehaviouralStatement
  | ModelStatement
  | ParameterStatement
  | SubcircuitStatement
  | IncludeStatement
  | AnalysisStatement
  | NodeValueStatement
  | OptionStatement
  | TemperatureStatement
  | OutputStatement
  | GlobalStatement
  | ConditionalStatement
  | StepStatement
  | DataStatement
  | MeasureStatement
  | FourierStatement
  | MonteCarloStatement
  | CornerStatement
  | TitleStatement;

// Parts of cards

/** A run of characters without meaning of its own: a name, a number, a keyword. Lower case. */
export interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly span: Span;
}

/** `{…}` or `'…'`. */
export interface Braced {
  readonly kind: 'braced';
  readonly expression: Expression;
  readonly span: Span;
}

export type Value = Word | Braced;

/** `name=value`; `ic=1,2,3` has three values. */
export interface Assignment {
  readonly kind: 'assignment';
  readonly name: Word;
  readonly values: readonly Value[];
  readonly span: Span;
}

/** `name(…)`, or `(…)` without a name. */
export interface Group {
  readonly kind: 'group';
  readonly name?: Word;
  readonly items: readonly Item[];
  readonly span: Span;
}

export type Item = Value | Assignment | Group;

// Cards

/** Any element but B: what its items mean follows from its letter and its model. */
export interface ElementStatement {
  readonly kind: 'element';
  /** First letter of the name. */
  readonly letter: string;
  readonly name: Word;
  readonly items: readonly Item[];
  readonly span: Span;
}

/** `B1 p n v=…` or `i=…`; also E, F, G and H with `POLY`, `VALUE` or `TABLE`. */
export interface BehaviouralStatement {
  readonly kind: 'behavioural';
  readonly name: Word;
  readonly nodes: readonly Word[];
  readonly drives: 'voltage' | 'current';
  readonly expression: Expression;
  readonly parameters: readonly Definition[];
  readonly span: Span;
}

export interface ModelStatement {
  readonly kind: 'model';
  readonly name: Word;
  readonly type: Word;
  readonly items: readonly (Assignment | Word)[];
  readonly span: Span;
}

/** `name = expression`. */
export interface Definition {
  readonly name: Word;
  readonly expression: Expression;
  readonly span: Span;
}

export interface ParameterStatement {
  readonly kind: 'param';
  readonly definitions: readonly Definition[];
  readonly functions: readonly FunctionDefinition[];
  readonly span: Span;
}

/** `.func name(a, b) {…}`, or `.param name(a, b) = …`. */
export interface FunctionDefinition {
  readonly name: Word;
  readonly parameters: readonly Word[];
  readonly body: Expression;
  readonly span: Span;
}

/** `.if … .elseif … .else … .endif`: the first branch whose condition is not 0 counts. */
export interface ConditionalStatement {
  readonly kind: 'if';
  readonly branches: readonly Branch[];
  /** Of the `.if` card. */
  readonly span: Span;
}

export interface Branch {
  /** Absent for `.else`. */
  readonly condition?: Expression;
  readonly statements: readonly Statement[];
}

export interface SubcircuitStatement {
  readonly kind: 'subcircuit';
  readonly name: Word;
  readonly ports: readonly Word[];
  readonly parameters: readonly Assignment[];
  readonly statements: readonly Statement[];
  /** Of the `.subckt` card. */
  readonly span: Span;
}

export interface IncludeStatement {
  readonly kind: 'include';
  readonly path: string;
  /** Of `.lib path section`. */
  readonly section?: string;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export interface AnalysisStatement {
  readonly kind: 'analysis';
  readonly name: string;
  readonly arguments: readonly Value[];
  readonly span: Span;
}

/** `.ic v(a)=1 v(b)=2` or `.nodeset …`. */
export interface NodeValueStatement {
  readonly kind: 'ic' | 'nodeset';
  readonly entries: readonly { readonly node: Word; readonly value: Value; readonly span: Span }[];
  readonly span: Span;
}

export interface OptionStatement {
  readonly kind: 'options';
  readonly items: readonly (Assignment | Word)[];
  readonly span: Span;
}

export interface TemperatureStatement {
  readonly kind: 'temp';
  readonly values: readonly Value[];
  readonly span: Span;
}

export interface OutputStatement {
  readonly kind: 'save' | 'print';
  readonly analysis?: Word;
  readonly items: readonly OutputEntry[];
  readonly span: Span;
}

/** `.four`: harmonics over the last period of a transient. */
export interface FourierStatement {
  readonly kind: 'fourier';
  /** Of the fundamental [Hz]. */
  readonly frequency: Expression;
  /** How many, the fundamental included. */
  readonly harmonics: number;
  readonly items: readonly OutputEntry[];
  readonly span: Span;
}

export interface OutputEntry {
  /** As written, without blanks. */
  readonly text: string;
  readonly expression: Expression | 'all';
  readonly span: Span;
}

export interface GlobalStatement {
  readonly kind: 'global';
  readonly nodes: readonly Word[];
  readonly span: Span;
}

export interface TitleStatement {
  readonly kind: 'title';
  readonly text: string;
  readonly span: Span;
}

/** How the values of a `.step` lie: by increments, per decade or octave, listed, or in a table. */
export type StepSpacing = 'lin' | 'dec' | 'oct' | 'list' | 'data';

export interface StepStatement {
  readonly kind: 'step';
  readonly spacing: StepSpacing;
  /** Absent for `data=…`. */
  readonly target?: StepTargetWords;
  /** `start stop increment`, `start stop points`, the list, or the name of the table. */
  readonly values: readonly Value[];
  readonly span: Span;
}

/** What a step changes, as written: `param r`, `temp`, `r1`, `@m1[w]`, `d1:is`, `dmod(is)`. */
export interface StepTargetWords {
  /** Whether `param` stands before it. */
  readonly isParameter: boolean;
  readonly name: Word;
  /** The parameter of an element or a model card. */
  readonly parameter?: Word;
}

/** `.data name a b 1 2 3 4 .enddata`: two rows of two columns. */
export interface DataStatement {
  readonly kind: 'data';
  readonly name: Word;
  readonly columns: readonly StepTargetWords[];
  readonly values: readonly Value[];
  readonly span: Span;
}

/** `.mc runs seed=number`: each run draws anew. */
export interface MonteCarloStatement {
  readonly kind: 'monteCarlo';
  readonly runs: Value;
  readonly seed?: Value;
  readonly span: Span;
}

/** `.corner slow vdd=4.5 temp=125`. */
export interface CornerStatement {
  readonly kind: 'corner';
  readonly name: Word;
  readonly settings: readonly Assignment[];
  readonly span: Span;
}

/** `.meas tran delay trig v(in) val=0.5 rise=1 targ v(out) val=0.5 rise=1`. */
export interface MeasureStatement {
  readonly kind: 'measure';
  readonly analysis?: Word;
  readonly name: Word;
  readonly entries: readonly MeasureEntry[];
  readonly span: Span;
}

/** A keyword or a quantity, `name=value`, or an equation such as `v(out)=0.5`. */
export type MeasureEntry =
  | (OperandText & { readonly kind: 'operand' })
  | { readonly kind: 'setting'; readonly name: Word; readonly value: OperandText }
  | { readonly kind: 'equation'; readonly left: OperandText; readonly right: OperandText };

/** An expression, or a keyword: these look alike until a measure reads them. */
export interface OperandText {
  /** As written, without blanks, braces and quotes around it. */
  readonly text: string;
  readonly expression: Expression;
  readonly span: Span;
}
