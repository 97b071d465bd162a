import type { Source, Span } from '../base/index.js';
import type { Expression } from '../expression/index.js';

/** A deck as written, one node a card. Names are lower case; every node keeps its span. */
export interface Deck {
  readonly source: Source;
  readonly title: string;
  readonly statements: readonly Statement[];
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

/** `B1 p n v=…` or `i=…`. */
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
  readonly span: Span;
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
