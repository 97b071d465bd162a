/** What runs in a worker thread: groups of points come, samples go back. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SamplingResult } from '../../arch/characterize/sampling.js';
import { type CharacterizeRequest, openRequest } from './characterize-request.js';
import type { SamplingTask } from './sampling-threads.js';

/** Serves the thread that started this one, until that ends it. */
export function serveSamples(): void {
  const { experiment } = openRequest(workerData as CharacterizeRequest);
  const port = parentPort!;
  if (!experiment) throw new Error('the deck had no errors before');
  let last = Promise.resolve();
  port.on('message', ({ group, points, purpose }: SamplingTask) => {
    last = last.then(async () => {
      const result = await experiment.sampler.sample(points, purpose);
      if (result) port.postMessage({ group, result } satisfies SamplingResult);
    });
  });
}
