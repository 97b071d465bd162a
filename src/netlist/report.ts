import type { Diagnostic } from '../base/index.js';

/**
 * Collects diagnostics. A subcircuit is opened as often as it is used: what is wrong in it is said
 * once.
 */
export class Report {
  readonly diagnostics: Diagnostic[] = [];
  readonly #said = new Set<string>();

  add(diagnostic: Diagnostic): undefined {
    const { code, message, span } = diagnostic;
    const key = `${code} ${span ? `${span.source.name}:${span.start}` : ''} ${message}`;
    if (this.#said.has(key)) return undefined;
    this.#said.add(key);
    this.diagnostics.push(diagnostic);
    return undefined;
  }

  /** The number, or undefined after reporting why there is none. */
  number(value: number | Diagnostic): number | undefined {
    return typeof value === 'number' ? value : this.add(value);
  }
}
