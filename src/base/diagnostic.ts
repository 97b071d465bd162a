import { lineText, positionAt, type Span } from './source.js';

export type Severity = 'error' | 'warning' | 'note';

/**
 * A message to the user about something they wrote or asked for.
 *
 * The first letter of a code says who speaks: `N` netlist, `E` expression, `M` modelling language,
 * `W` waveforms and their files, `S` solver, `A` networks and characteristics, `C` command line.
 */
export interface Diagnostic {
  readonly severity: Severity;
  /** Such as `N201`. Every code appears in the documentation. */
  readonly code: string;
  /** One sentence, lower case, no full stop. */
  readonly message: string;
  readonly span?: Span;
  /** What stands under the carets; a few words. */
  readonly label?: string;
  /** A way forward. */
  readonly help?: readonly string[];
  /** Facts that led here, such as a list of nodes. */
  readonly notes?: readonly string[];
}

/** Thrown where a value of type `Diagnostic[]` cannot be returned; the API's entry points catch it. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => renderDiagnostic(d)).join('\n\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}

export function error(
  code: string,
  message: string,
  span?: Span,
  more: Omit<Partial<Diagnostic>, 'severity' | 'code' | 'message' | 'span'> = {},
): Diagnostic {
  return { severity: 'error', code, message, ...(span ? { span } : {}), ...more };
}

export function warning(
  code: string,
  message: string,
  span?: Span,
  more: Omit<Partial<Diagnostic>, 'severity' | 'code' | 'message' | 'span'> = {},
): Diagnostic {
  return { severity: 'warning', code, message, ...(span ? { span } : {}), ...more };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}

/** How a diagnostic is coloured; the identity when there is no colour. */
export interface Palette {
  readonly severity: (severity: Severity, text: string) => string;
  readonly frame: (text: string) => string;
}

const plain: Palette = { severity: (_, text) => text, frame: (text) => text };

/**
 * Renders a diagnostic with its code frame:
 *
 *     error[N201]: unknown model '1n4148'
 *       --> amplifier.cir:12:14
 *     12 | D1 in out 1n4148 area=2
 *        |           ^^^^^^ no .model card has this name
 *        = help: …
 */
export function renderDiagnostic(diagnostic: Diagnostic, palette: Palette = plain): string {
  const { severity, code, message, span } = diagnostic;
  const lines = [`${palette.severity(severity, `${severity}[${code}]`)}: ${message}`];
  let gutter = '  ';
  if (span) {
    const { line, column } = positionAt(span.source, span.start);
    gutter = ' '.repeat(String(line).length);
    lines.push(
      `${gutter}${palette.frame('-->')} ${span.source.name}:${String(line)}:${String(column)}`,
    );
    lines.push(...frame(span, diagnostic.label, palette));
  }
  for (const note of diagnostic.notes ?? [])
    lines.push(`${gutter} ${palette.frame('=')} note: ${note}`);
  for (const help of diagnostic.help ?? [])
    lines.push(`${gutter} ${palette.frame('=')} help: ${help}`);
  return lines.join('\n');
}

const longestLine = 160;

function frame(span: Span, label: string | undefined, palette: Palette): string[] {
  const { line, column } = positionAt(span.source, span.start);
  const number = String(line);
  const full = lineText(span.source, line).replaceAll('\t', ' ');
  // A very long line is shown around the place only.
  const from = column > longestLine - 20 ? column - 60 : 0;
  const shown = full.slice(from, from + longestLine);
  const text = (from > 0 ? '…' : '') + shown + (from + longestLine < full.length ? '…' : '');
  const indent = column - 1 - from + (from > 0 ? 1 : 0);
  const width = Math.max(1, Math.min(span.end - span.start, text.length - indent));
  const carets = palette.severity('error', '^'.repeat(width));
  return [
    `${palette.frame(`${number} |`)} ${text}`,
    `${palette.frame(`${' '.repeat(number.length)} |`)} ${' '.repeat(indent)}${carets}${label ? ` ${label}` : ''}`,
  ];
}

/** The candidate closest to a misspelt word, if one is close enough to be meant. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Least number of insertions, deletions, changes and swaps of neighbours (optimal string
 * alignment), or a number above `limit` as soon as it must exceed it.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? before[j - 2] + 1 : Infinity;
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
