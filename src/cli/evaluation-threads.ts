import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadSource } from '../solver/index.js';

/** All that such a thread does is WebAssembly: it needs no more of this program than the module. */
const body = `
const { workerData: { module, memory, entry } } = require('node:worker_threads');
new WebAssembly.Instance(module, { env: { memory } }).exports[entry]();`;

/** Node's threads, for evaluating devices. A thread that cannot start is one that does not help. */
export const evaluationThreads: ThreadSource = {
  processors: availableParallelism(),
  start(task): void {
    // Loaders given on the command line are for this program's source.
    const worker = new Worker(body, { eval: true, workerData: task, execArgv: [] });
    worker.on('error', () => undefined);
    worker.unref();
  },
};
