import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** How this program is started once more: in a thread, or as a process on another machine. */
export interface Program {
  /** The file that `node` runs. */
  readonly file: string;
  /** What `node` needs before it. */
  readonly nodeArguments: readonly string[];
}

/** The bundle's `main.js`, or `main.ts` where the program runs from its source. */
export function thisProgram(): Program {
  const here = import.meta.url;
  if (here.endsWith('.ts')) {
    const loader = createRequire(here).resolve('tsx');
    return {
      file: fileURLToPath(new URL('../main.ts', here)),
      nodeArguments: ['--import', loader],
    };
  }
  const main = here.includes('/chunks/') ? '../main.js' : './main.js';
  return { file: fileURLToPath(new URL(main, here)), nodeArguments: [] };
}

/** Starts this program in a thread. */
export function startThread(workerData: unknown): Worker {
  const { file, nodeArguments } = thisProgram();
  if (nodeArguments.length === 0) return new Worker(file, { workerData });
  // From source: loaders given on the command line do not reach the entry of a thread.
  const [loader, main] = [
    createRequire(file).resolve('tsx/esm/api').replace(/cjs$/, 'mjs'),
    file,
  ].map((path) => JSON.stringify(pathToFileURL(path).href));
  const text = `import(${loader}).then(({ register }) => { register(); return import(${main}); })`;
  return new Worker(text, { eval: true, workerData });
}
