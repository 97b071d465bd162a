import type { Diagnostic } from '../base/index.js';

/**
 * Collects diagnostics. A subcircuit is opened as often as it is used: what is wrong in it is said
 * once.
 */
export class Report {
  readonly diagnostics: Diagnostic[] = [];
  /** How many errors there were, repeated ones included. */
  errors = 0;
  readonly #said = new Set<string>();

  add(diagnostic: Diagnostic): void {
    const { code, message, span, severity } = diagnostic;
    if (severity === 'error') this.errors++;
    const key = `${code} ${span ? `${span.source.name}:${span.start}` : ''} ${message}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.diagnostics.push(diagnostic);
  }

  /** The number, or undefined after reporting why there is none. */
  number(value: number | Diagnostic): number | undefined {
    if (typeof value === 'number') return value;
    this.add(value);
    return undefined;
  }
}
