import { createHash } from 'node:crypto';
import { openDeck, type OpenedExperiment } from '../../arch/characterize/characterize.js';
import type { CharacterizeSpecification } from '../../arch/characterize/specification.js';
import type { Source } from '../../base/index.js';
import type { ParseOptions } from '../../netlist/index.js';
import { readDeck, readInclude } from '../read-deck.js';
import { packageVersion } from '../version.js';

/** All that a worker has to know, as data. */
export interface CharacterizeRequest {
  readonly kind: 'characterize';
  /** Absolute. */
  readonly deck: string;
  readonly spec: CharacterizeSpecification;
}

export interface OpenedRequest extends OpenedExperiment {
  readonly text: string;
  readonly options: ParseOptions;
  /** Stands for all that a sample depends on. */
  readonly fingerprint: string;
}

/** Reads the deck of a request. Throws a `DiagnosticError` if it cannot be read. */
export function openRequest({ deck, spec }: CharacterizeRequest): OpenedRequest {
  const hash = createHash('sha256');
  const source = readDeck(deck);
  const reader = (name: string, from: Source): Source | undefined => {
    const found = readInclude(name, from);
    hash.update(`\0${name}\0${found?.text ?? ''}`);
    return found;
  };
  const own = { name: source.name };
  const opened = openDeck(source.text, spec, { ...own, reader });
  // How far tables are refined and checked does not change a sample.
  const { kind, inputs, outputs, event, runs, seed } = spec;
  const targets = inputs.map((input) => ('from' in input ? [input.name, input.sets] : input));
  const read = outputs.map((output) => [output.name, 'of' in output ? output.of : undefined]);
  const settings = [kind, targets, read, event, runs, seed, spec.parameters];
  hash.update(source.text + JSON.stringify([settings, spec.dialect, packageVersion()]));
  const fingerprint = hash.digest('hex').slice(0, 32);
  return { ...opened, text: source.text, options: { ...own, reader: readInclude }, fingerprint };
}
