import colors from 'picocolors';
import { type Diagnostic, type Palette, renderDiagnostic, type Severity } from '../base/index.js';
import type { Terminal } from './terminal.js';

/** Writes messages to the terminal, a blank line behind each; `least` leaves out milder ones. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  terminal: Terminal,
  least: Severity = 'note',
): void {
  const palette = paletteFor(terminal);
  for (const diagnostic of diagnostics) {
    if (weight[diagnostic.severity] < weight[least]) continue;
    terminal.err(`${renderDiagnostic(diagnostic, palette)}\n\n`);
  }
}

const weight: Readonly<Record<Severity, number>> = { note: 0, warning: 1, error: 2 };

function paletteFor({ coloured }: Terminal): Palette {
  const { bold, red, yellow, cyan, blue } = colors.createColors(coloured);
  const shades: Readonly<Record<Severity, (text: string) => string>> = {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    note: (text) => bold(cyan(text)),
  };
  return { severity: (severity, text) => shades[severity](text), frame: blue };
}
