import type { z } from 'zod';
import type { Diagnostic } from '../../base/index.js';
import type { Dataset } from '../../waveform/index.js';
import type { LabelledData } from '../datasets/index.js';
import type { TransferCharacteristic } from '../characterize/index.js';

/** What a training reads from outside; who starts it has found and read it. */
export interface World {
  /** A data set by the name that the settings give it. */
  data(name: string): { readonly training: LabelledData; readonly test?: LabelledData };
  /** A transfer characteristic by the path that the settings give it. */
  characteristic(path: string): TransferCharacteristic;
  /** The text of a deck or library that the trainer's needs name, by its path below `circuits`. */
  circuit?(path: string): string;
}

/** What settings ask for, so that it can be read before the training starts. */
export interface Needs {
  readonly data: readonly string[];
  readonly characteristics: readonly string[];
  /** Decks and libraries, by their paths below `circuits`. */
  readonly circuits?: readonly string[];
}

/** A number that judges a trained network. */
export interface TrainingMeasure {
  readonly name: string;
  /** SI symbol, or `%`; empty where there is none. */
  readonly unit: string;
  readonly doc: string;
  /** Where one side is better: what sweeps look for. */
  readonly better?: 'larger' | 'smaller';
}

/** What a step of training tells. */
export interface TrainingReport {
  /** Samples that were learnt from in this step. */
  readonly samples: number;
  /** What is drawn as a learning curve: `loss`, `error`, …; names stay the same in all steps. */
  readonly values: Readonly<Record<string, number>>;
  /** Files to keep beside the results: waveforms, decks. */
  readonly files?: readonly TrainingFile[];
  /** What the user should hear of, such as samples that were left out. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Why the training cannot go on; it ends here without a result. */
  readonly stopped?: Diagnostic;
}

/** A file for the folder of results; the name of the run is put before its own. */
export type TrainingFile =
  | { readonly name: string; readonly content: string | Uint8Array }
  /** Written as .raw, .csv and, drawn, as .svg. */
  | { readonly name: string; readonly dataset: Dataset };

export interface TrainingResult {
  /** By name, those of the trainer. */
  readonly measures: Readonly<Record<string, number>>;
  /** Plain data for the file of this run: confusion matrix, histograms, hashes of characteristics. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * A training that is under way. Everything that is drawn at random is a function of the seed and of
 * where it is needed, so that a training which is saved and restored ends with the same bits.
 */
export interface Training {
  /** Steps until its end; often epochs. */
  readonly steps: number;
  /** Steps that are done. */
  readonly step: number;
  /** Carries out one step. */
  advance(): TrainingReport;
  /** All that a continuation needs, as data that structured cloning takes. */
  save(): unknown;
  /** Goes on where `save` was called, in a training that was started with the same settings. */
  restore(state: unknown): void;
  /** Judges the network. */
  finish(): TrainingResult;
}

/** Why a setting cannot be carried out with what it refers to. */
export interface SettingProblem {
  /** Name of the setting. */
  readonly setting: string;
  /** One sentence, lower case, no full stop. */
  readonly message: string;
}

/** A way to train a network; one file each, and a line in `list.ts`. */
export interface Trainer<S = unknown> {
  readonly name: string;
  readonly title: string;
  readonly settings: z.ZodType<S>;
  readonly measures: readonly TrainingMeasure[];
  needs(settings: S): Needs;
  /** What settings ask of the data and characteristics that these do not have. */
  check?(settings: S, world: World): readonly SettingProblem[];
  start(settings: S, world: World, seed: number): Training;
}

/** A trainer whose settings are those of its schema: for lists of trainers of several kinds. */
export function trainer<S>(definition: Trainer<S>): Trainer {
  return definition;
}
