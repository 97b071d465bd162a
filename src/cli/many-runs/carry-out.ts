import { join } from 'node:path';
import type { CarryOut, RunRecord } from '../../jobs/index.js';
import { lostRun } from '../../jobs/index.js';
import type { AnalysisResult, Campaign } from '../../solver/index.js';
import { beginResultFile } from '../results/result-file.js';
import type { WaveformRequest } from './campaign-request.js';

/** Carries out jobs of a campaign and keeps the waveforms that were asked for. */
export function carryOutWith(campaign: Campaign, waveforms?: WaveformRequest): CarryOut {
  return async (index, signal): Promise<RunRecord | undefined> => {
    try {
      const run = await campaign.carryOut(index, signal);
      if (run && waveforms && index < (waveforms.first ?? Infinity))
        writeWaveforms(run.analyses, index, waveforms);
      return run?.record;
    } catch (problem) {
      // A bug in one run must not cost the others.
      return lostRun(index, `internal error: ${(problem as Error).message}`);
    }
  };
}

function writeWaveforms(
  analyses: readonly AnalysisResult[],
  index: number,
  { folder, format }: WaveformRequest,
): void {
  analyses.forEach(({ dataset }, place) => {
    if (dataset.length === 0) return;
    const file = beginResultFile(format, waveformPath(folder, index, place, format), dataset);
    file.endStep(dataset, '');
    file.finish();
  });
}

/** `runs/000012.2.raw`: the second analysis of the thirteenth job. */
export function waveformPath(
  folder: string,
  index: number,
  analysis: number,
  format: string,
): string {
  return join(folder, `${String(index).padStart(6, '0')}.${analysis + 1}.${format}`);
}
