import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Comparison, Ratio } from '../../arch/index.js';
import { DiagnosticError, error } from '../../base/index.js';
import { fileProblem } from '../file-problem.js';
import type { DrawnFigure } from '../training/draw-figures.js';
import type { ResultRow } from '../training/results-table.js';

/** Results of one experiment, as `oxspice train` left them. */
export interface ExperimentResults {
  /** Of the experiment. */
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly paper?: { readonly source: string; readonly place: string };
  /** As many as the experiment asks for; absent in results of earlier versions. */
  readonly seeds?: number;
  readonly rows: readonly ResultRow[];
  readonly comparisons: readonly Comparison[];
  readonly ratios: readonly Ratio[];
  /** Learning curves and other pictures, seen from where the page will be. */
  readonly pictures: readonly string[];
  /** Of the first seed of each variant; files likewise. */
  readonly figures: readonly DrawnFigure[];
}

/** All results under a folder; pictures as seen from `from`. Throws a `DiagnosticError` without any. */
export function readResults(folder: string, from: string): ExperimentResults[] {
  const names = foldersIn(folder).filter((name) => existsSync(join(folder, name, 'results.json')));
  if (names.length === 0)
    throw new DiagnosticError([
      error('C152', `there are no results under '${folder}'`, undefined, {
        help: ["'oxspice train experiments/snn-iris.json' makes some"],
      }),
    ]);
  return names.map((name) => {
    const own = join(folder, name);
    const content = parsed(join(own, 'results.json'));
    const seen = (file: string): string => relative(from, join(own, file));
    const figures = content.figures.map((each) => ({ ...each, file: seen(each.file) }));
    // What of figures the table does not name is of variants that are no more.
    const pictures = readdirSync(own)
      .filter((file) => file.endsWith('.svg') && !file.startsWith('figure.'))
      .sort()
      .map(seen);
    return { ...content, name, pictures, figures };
  });
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (problem) {
    // The literal code keeps the list of codes complete.
    throw fileProblem(problem, 'C153', `cannot read the results in '${folder}'`);
  }
}

function parsed(path: string): ExperimentResults {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as Partial<ExperimentResults> | null;
    if (typeof content?.title === 'string' && Array.isArray(content.rows))
      return {
        ...(content as ExperimentResults),
        notes: content.notes ?? [],
        comparisons: content.comparisons ?? [],
        ratios: content.ratios ?? [],
        figures: content.figures ?? [],
      };
    throw new SyntaxError('it has no title and rows');
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem;
    throw new DiagnosticError([
      error('C154', `'${path}' is damaged: ${problem.message}`, undefined, {
        help: ['train again: runs that are done are not repeated'],
      }),
    ]);
  }
}
