import { type Diagnostic, error, type Source } from '../base/index.js';
import type { DialectName } from '../expression/index.js';
import type { Deck } from './ast.js';
import { checkDeck } from './checks.js';
import type { Circuit, StepValue } from './circuit.js';
import { expand, type ExpandOptions } from './expand.js';
import { parseDeck, type SourceReader } from './parse-deck.js';
import { Report } from './report.js';
import { setValues } from './set-values.js';

export interface ParseOptions extends ExpandOptions {
  /** What messages call the deck. */
  readonly name?: string;
  /** Finds included files; without it, `.include` is an error. */
  readonly reader?: SourceReader;
  /** Which SPICE the deck is written for, whatever its `.options dialect=` says; ngspice by default. */
  readonly dialect?: DialectName;
}

export interface ParsedNetlist {
  /** Absent if there are errors. */
  readonly circuit?: Circuit;
  readonly deck: Deck;
  /** Errors, warnings and notes, in the order in which they were found. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a SPICE deck: text in, flat circuit and diagnostics out. Several errors are reported in one
 * run. Nothing that a deck holds makes this throw.
 */
export function parseNetlist(text: string, options: ParseOptions = {}): ParsedNetlist {
  const source: Source = { name: options.name ?? 'deck.cir', text };
  const report = new Report();
  const parsed: Diagnostic[] = [];
  const deck = parseDeck(source, options.reader, options.dialect, parsed);
  for (const diagnostic of parsed) report.add(diagnostic);
  checkDeck(deck, report);
  const circuit = expandSafely(deck, report, options);
  return { ...(circuit ? { circuit } : {}), deck, diagnostics: report.diagnostics };
}

export interface DeckOptions extends ExpandOptions {
  /** What steps have set: parameters of the deck, temperatures, elements, model cards. */
  readonly values?: readonly StepValue[];
}

/**
 * Expands a parsed deck once more with other values, for `.step`, `.dc` over a parameter and
 * repeated runs. Nothing is read or parsed again, and equal B elements keep their definitions.
 * Only diagnostics of the expansion are given.
 */
export function expandDeck(deck: Deck, options: DeckOptions = {}): Omit<ParsedNetlist, 'deck'> {
  const report = new Report();
  const { values = [] } = options;
  const parameters: Record<string, number> = { ...options.parameters };
  for (const { target, value } of values) {
    if (target.kind === 'parameter') parameters[target.name] = value;
  }
  const temperature = values.findLast(({ target }) => target.kind === 'temperature')?.value;
  const replaced = new Set(
    values.flatMap(({ target: { kind, name, parameter = '' } }) =>
      kind === 'model' ? [`${name}(${parameter})`] : [],
    ),
  );
  const circuit = expandSafely(deck, report, {
    ...options,
    parameters,
    replaced,
    ...(temperature === undefined ? {} : { temperature }),
  });
  const { diagnostics } = report;
  return circuit ? { circuit: setValues(circuit, values), diagnostics } : { diagnostics };
}

/** Limits on nesting keep recursion shallow; chains of limits that multiply end here. */
function expandSafely(deck: Deck, report: Report, options: ParseOptions): Circuit | undefined {
  try {
    return expand(deck, report, options);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    report.add(error('N413', 'expressions and subcircuits of this deck are nested too deeply'));
    return;
  }
}
