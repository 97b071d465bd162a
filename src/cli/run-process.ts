import { isMainThread, workerData } from 'node:worker_threads';
import { commandLine } from './command-line.js';
import { processTerminal } from './terminal.js';

export { partsUsed } from './cache/parts-used.js';

/**
 * The whole program: carries out the command line of this process, and sets its exit code.
 *
 * @param build what identifies the program's code; absent where it runs from its source
 */
export async function runProcess(build?: string): Promise<void> {
  if (isMainThread) {
    process.exitCode = await commandLine(process.argv.slice(2), processTerminal(build));
    return;
  }
  // A thread of `oxspice run --mc`, `train` or `characterize`: the bundle has one program for all.
  const { kind } = workerData as { readonly kind?: string };
  if (kind === 'training') (await import('./training/serve-trainings.js')).serveTrainings();
  else if (kind === 'characterize')
    (await import('./characterize/serve-samples.js')).serveSamples();
  else (await import('./many-runs/worker.js')).serveRuns();
}
