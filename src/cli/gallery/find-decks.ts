import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DiagnosticError, error } from '../../base/index.js';
import { fileProblem } from '../file-problem.js';

/** A deck of a gallery. */
export interface GalleryDeck {
  readonly path: string;
  /** The folder that it lies in, seen from the gallery's: `passive`. Empty for the folder itself. */
  readonly topic: string;
  /** `name.characterize.json` beside `name.cir`. */
  readonly specifications: readonly string[];
}

/** Every deck (`*.cir`) under a folder, by topic and name. Throws a `DiagnosticError` without any. */
export function findDecks(folder: string): GalleryDeck[] {
  const files = listFiles(folder);
  const decks = files
    .filter((file) => file.endsWith('.cir'))
    .sort()
    .map((file) => ({
      path: file,
      topic: relative(folder, dirname(file)),
      specifications: files.filter(
        (other) => other === file.replace(/\.cir$/, '.characterize.json'),
      ),
    }));
  if (decks.length > 0) return decks;
  throw new DiagnosticError([
    error('C130', `there is no deck under '${folder}'`, undefined, {
      help: ['decks of a gallery end in .cir'],
    }),
  ]);
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => !path.includes('.out/') && statSync(path).isFile());
  } catch (problem) {
    // The literal code keeps the list of codes complete.
    throw fileProblem(problem, 'C131', `cannot read the folder '${folder}'`);
  }
}
