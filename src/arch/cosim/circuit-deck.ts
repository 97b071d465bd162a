import { openCircuit, type OpenCircuit } from '../../solver/index.js';
import { inlineIncludes } from '../generate/index.js';
import type { World } from '../trainers/trainer.js';
import { demanded } from './steered-grid.js';

export interface DeckDraws {
  /** Values of `.param`s. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Of what the deck draws: devices of another run are others. */
  readonly seed: number;
  readonly run: number;
}

/**
 * Opens a deck of the circuits' folder with all that it includes.
 *
 * @throws DiagnosticError for a deck that cannot be read
 */
export function openDeckOf(
  world: World,
  path: string,
  { parameters = {}, seed, run }: DeckDraws,
): OpenCircuit {
  const read = (file: string): string => world.circuit!(plainPath(file));
  const text = inlineIncludes(read(path), read, path.slice(0, path.lastIndexOf('/')));
  const opened = openCircuit(text, { parameters, draws: { seed, run } });
  return demanded(opened.circuit, opened.diagnostics);
}

/** `a/../b` is `b`. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
