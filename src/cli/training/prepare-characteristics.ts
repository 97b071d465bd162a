/** Makes the characteristics that experiments ask for by their specifications. */
import { dirname, join, resolve } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import { characterize } from '../commands/characterize.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

const ending = '.characterize.json';

/** Where the characteristic of a path is: itself, or what its specification is made into. */
export function characteristicPath(path: string, folder: string): string {
  if (!path.endsWith(ending)) return path;
  const name = path.replace(/^.*[/\\]/, '').slice(0, -ending.length);
  return join(folder, `${name}.characteristic.json`);
}

/** Beside the results of the experiments. */
export function characteristicsFolder(resultsFolder: string): string {
  return join(dirname(resolve(resultsFolder)), 'characteristics');
}

/** Carries specifications out; samples that are there are not repeated. Paths are from `beside`. */
export async function prepareCharacteristics(
  experiment: TrainingExperiment,
  beside: string,
  folder: string,
  terminal: Terminal,
): Promise<ExitCode> {
  for (const path of experiment.needs().characteristics) {
    if (!path.endsWith(ending)) continue;
    terminal.out(`characterizing ${path}\n`);
    const spec = resolve(beside, path);
    const code = await characterize.execute({ spec, out: folder, quiet: true }, terminal);
    if (code !== exitCodes.ok.code) return code;
  }
  return exitCodes.ok.code;
}
