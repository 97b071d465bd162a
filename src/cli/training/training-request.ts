/** What a worker has to know to carry out trainings, as data; and the experiment that it opens. */
import { createHash } from 'node:crypto';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import {
  type TrainingExperiment,
  type ExperimentChanges,
  readCharacteristic,
  readTrainingExperiment,
  type TransferCharacteristic,
  type World,
} from '../../arch/index.js';
import { type Diagnostic, DiagnosticError, error } from '../../base/index.js';
import { circuitsFolder } from '../circuits-folder.js';
import { type LoadedData, loadData } from '../data/load-data.js';
import { readDeck } from '../read-deck.js';
import { characteristicPath, characteristicsFolder } from './prepare-characteristics.js';
import { packageVersion } from '../version.js';

export interface TrainingRequest {
  readonly kind: 'training';
  /** Absolute. */
  readonly experiment: string;
  readonly changes: ExperimentChanges;
  readonly dataFolder?: string;
  /** Where results and checkpoints go; absolute. */
  readonly folder: string;
  /** Of everything when the runs began; a worker that finds others refuses. */
  readonly fingerprint?: string;
}

export interface OpenExperiment {
  /** Absent if the file is in error. */
  readonly experiment?: TrainingExperiment;
  readonly world: World;
  readonly diagnostics: readonly Diagnostic[];
  /** Stands for all that results depend on: settings, data, characteristics, this program. */
  readonly fingerprint: string;
}

/** The experiment alone, without what it reads. */
export function readRequest(request: TrainingRequest): ReturnType<typeof readTrainingExperiment> {
  return readTrainingExperiment(readDeck(request.experiment, 'experiment'), request.changes);
}

/**
 * Reads an experiment, its data and its characteristics.
 *
 * @throws DiagnosticError if a file cannot be read, or has changed since the runs began
 */
export function openExperiment(request: TrainingRequest): OpenExperiment {
  const { experiment, diagnostics } = readRequest(request);
  const data = new Map<string, LoadedData>();
  const characteristics = new Map<string, TransferCharacteristic>();
  const circuits = new Map<string, string>();
  const world: World = {
    data: (name) => data.get(name)!,
    characteristic: (path) => characteristics.get(path)!,
    circuit: (path) => circuits.get(normalize(path))!,
  };
  if (!experiment) return { world, diagnostics, fingerprint: '' };
  const hash = createHash('sha256').update(experiment.fingerprint + packageVersion());
  const needs = experiment.needs();
  const beside = (path: string): string =>
    isAbsolute(path) ? path : join(dirname(request.experiment), path);
  for (const name of needs.data) {
    const loaded = loadData(name.endsWith('.csv') ? beside(name) : name, request.dataFolder);
    data.set(name, loaded);
    for (const part of [loaded.training, loaded.test])
      if (part) hash.update(part.inputs).update(part.labels);
  }
  for (const path of needs.characteristics) {
    const found = readDeck(
      characteristicPath(beside(path), characteristicsFolder(request.folder)),
      'characteristic',
    );
    const { characteristic, diagnostics: problems } = readCharacteristic(found);
    if (!characteristic) throw new DiagnosticError(problems);
    characteristics.set(path, characteristic);
    hash.update(found.text);
  }
  for (const path of needs.circuits ?? []) {
    const { text } = readDeck(join(circuitsFolder(), path));
    circuits.set(path, text);
    hash.update(text);
  }
  const fingerprint = hash.digest('hex').slice(0, 32);
  if (request.fingerprint !== undefined && request.fingerprint !== fingerprint)
    throw new DiagnosticError([
      error('C304', `'${request.experiment}' has changed since its runs began`, undefined, {
        help: ['start again: runs that are done are then done anew'],
      }),
    ]);
  return { experiment, world, diagnostics, fingerprint };
}
