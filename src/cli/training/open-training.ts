/** An experiment with all that it needs, checked before anything is trained. */
import { dirname } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { makeFolder } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { characteristicsFolder, prepareCharacteristics } from './prepare-characteristics.js';
import {
  type OpenExperiment,
  openExperiment,
  readRequest,
  type TrainingRequest,
} from './training-request.js';

export interface OpenTraining extends OpenExperiment {
  readonly request: TrainingRequest;
  readonly experiment: TrainingExperiment;
}

/** Makes its folder and characteristics. Problems are told, and what is returned then is the exit code. */
export async function openTraining(
  request: TrainingRequest,
  terminal: Terminal,
): Promise<OpenTraining | ExitCode> {
  const { experiment, diagnostics } = readRequest(request);
  reportDiagnostics(diagnostics, terminal);
  if (!experiment) return exitCodes.failed.code;
  makeFolder(request.folder);
  const prepared = await prepareCharacteristics(
    experiment,
    dirname(request.experiment),
    characteristicsFolder(request.folder),
    terminal,
  );
  if (prepared !== exitCodes.ok.code) return prepared;
  const open = openExperiment(request);
  const unfit = experiment.check(open.world);
  reportDiagnostics(unfit, terminal);
  if (unfit.length > 0) return exitCodes.failed.code;
  return { ...open, request, experiment };
}
