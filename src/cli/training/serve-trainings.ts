/** What runs in a worker thread: trainings come by their index, records and progress go back. */
import { parentPort, workerData } from 'node:worker_threads';
import { lostRun } from '../../jobs/index.js';
import { carryOutTraining, type TrainingProgress } from './carry-out-training.js';
import { openExperiment, type TrainingRequest } from './training-request.js';

/** What the thread that started this one hears besides records. */
export interface ThreadNews {
  readonly progress: TrainingProgress;
}

/** Serves the thread that started this one, until that ends it. */
export function serveTrainings(): void {
  const request = workerData as TrainingRequest;
  const open = openExperiment(request);
  const port = parentPort!;
  // Who ends this thread finds the last checkpoint.
  const { signal } = new AbortController();
  port.postMessage('ready');
  port.on('message', (index: number) => {
    void carryOutTraining(open, request, index, signal, (progress) => {
      port.postMessage({ progress } satisfies ThreadNews);
    }).then((record) => {
      port.postMessage(record ?? lostRun(index, 'interrupted'));
    });
  });
}
