import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { closest, type Source } from '../base/index.js';
import { decodeText } from './decode-text.js';
import { fileProblem } from './file-problem.js';

/** Reads a text that a user names. Throws a `DiagnosticError` if that cannot be done. */
export function readDeck(path: string, what = 'deck'): Source {
  try {
    return { name: path, text: decodeText(readFileSync(path)) };
  } catch (problem) {
    // The literal code keeps the list of codes complete.
    throw fileProblem(problem, 'C101', `cannot read the ${what} '${path}'`, nearby(path));
  }
}

/**
 * Finds what `.include` names: relative to the including file. Undefined if there is no such file;
 * the netlist says where.
 */
export function readInclude(path: string, from: Source): Source | undefined {
  const name = isAbsolute(path) ? path : join(dirname(from.name), path);
  try {
    return { name, text: decodeText(readFileSync(name)) };
  } catch {
    return undefined;
  }
}

/** A file beside it whose name is nearly the one that was asked for. */
function nearby(path: string): string[] {
  try {
    const near = closest(basename(path), readdirSync(dirname(path)));
    return near === undefined || near === basename(path)
      ? []
      : [`did you mean '${join(dirname(path), near)}'?`];
  } catch {
    return [];
  }
}
