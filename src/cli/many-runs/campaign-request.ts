import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticError, error, type Source } from '../../base/index.js';
import type { DialectName } from '../../expression/index.js';
import { parseNetlist } from '../../netlist/index.js';
import { Campaign, type CampaignOptions } from '../../solver/index.js';
import { readDeck, readInclude } from '../read-deck.js';
import type { ResultFormat } from '../results/result-file.js';
import { packageVersion } from '../version.js';

/** All that a worker has to know, as data: the deck, what was asked for, where waveforms go. */
export interface CampaignRequest extends CampaignOptions {
  /** Absolute. */
  readonly deck: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly dialect?: DialectName;
  /** Absent: no waveforms are kept. */
  readonly waveforms?: WaveformRequest;
  /** Of the deck and its settings when the runs began; a worker that finds others refuses. */
  readonly fingerprint?: string;
}

export interface WaveformRequest {
  readonly folder: string;
  readonly format: ResultFormat;
  /** Of so many runs, the first ones; absent: of all. */
  readonly first?: number;
}

export interface OpenCampaign {
  /** Absent if the deck is in error. */
  readonly campaign?: Campaign;
  readonly diagnostics: readonly Diagnostic[];
  /** Stands for all that results depend on: the texts of all files, settings, this program. */
  readonly fingerprint: string;
}

/**
 * Reads and expands the deck of a request.
 *
 * @throws DiagnosticError if the deck cannot be read, or has changed since the runs began
 */
export function openCampaign(request: CampaignRequest): OpenCampaign {
  const { deck: path, parameters, dialect, runs, seed } = request;
  const hash = createHash('sha256');
  const source = readDeck(path);
  const reader = (name: string, from: Source): Source | undefined => {
    const found = readInclude(name, from);
    hash.update(`\0${name}\0${found?.text ?? ''}`);
    return found;
  };
  const options = { name: source.name, reader, parameters, ...(dialect ? { dialect } : {}) };
  const { circuit, deck, diagnostics } = parseNetlist(source.text, options);
  const campaign =
    circuit &&
    new Campaign(deck, circuit, options, {
      ...(runs === undefined ? {} : { runs }),
      ...(seed === undefined ? {} : { seed }),
    });
  // The number of runs is left out: more of them do not change those that are there.
  const settings = [parameters, dialect, campaign?.draws, campaign?.seed, packageVersion()];
  const { waveforms } = request;
  const kept = waveforms ? [waveforms.format, waveforms.first] : [];
  hash.update(source.text + JSON.stringify([settings, kept]));
  const fingerprint = hash.digest('hex').slice(0, 32);
  if (request.fingerprint !== undefined && request.fingerprint !== fingerprint) {
    throw new DiagnosticError([
      error('C304', `'${path}' has changed since its runs began`, undefined, {
        help: ['start again: runs that are done are then done anew'],
      }),
    ]);
  }
  return { ...(campaign ? { campaign } : {}), diagnostics, fingerprint };
}
