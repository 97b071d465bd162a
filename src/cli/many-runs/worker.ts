/** What runs in a worker thread: jobs come by their index, records go back. */
import { parentPort, workerData } from 'node:worker_threads';
import { lostRun } from '../../jobs/index.js';
import { type CampaignRequest, openCampaign } from './campaign-request.js';
import { carryOutWith } from './carry-out.js';

/** Serves the thread that started this one, until that ends it. */
export function serveRuns(): void {
  const request = workerData as CampaignRequest;
  const { campaign } = openCampaign(request);
  const port = parentPort!;
  if (!campaign) throw new Error('the deck had no errors before');
  const carryOut = carryOutWith(campaign, request.waveforms);
  port.postMessage('ready');
  const { signal } = new AbortController();
  port.on('message', (index: number) => {
    void carryOut(index, signal).then((record) => {
      port.postMessage(record ?? lostRun(index, 'interrupted'));
    });
  });
}
