/** `oxspice characterize --check file`: compares a characteristic with its circuit. */
import { resolve } from 'node:path';
import {
  checkCharacteristic,
  type CheckedOutput,
} from '../../arch/characterize/check-characteristic.js';
import { circuitHash, readCharacteristic } from '../../arch/characterize/index.js';
import { InProcessSampling } from '../../arch/characterize/sampling.js';
import { characterizeSchema } from '../../arch/characterize/specification.js';
import { DiagnosticError, error, formatQuantity, warning } from '../../base/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { startThread } from '../many-runs/program.js';
import { readDeck } from '../read-deck.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';
import { type CharacterizeRequest, openRequest } from './characterize-request.js';
import { SamplingThreads } from './sampling-threads.js';

export interface CheckArguments {
  readonly file: string;
  /** Default: the one that the file names. */
  readonly deck?: string;
  readonly points: number;
  readonly seed: number;
  readonly threads: number;
  readonly quiet: boolean;
}

export async function runCheck(asked: CheckArguments, terminal: Terminal): Promise<ExitCode> {
  const { characteristic, diagnostics: found } = readCharacteristic(
    readDeck(asked.file, 'characteristic'),
  );
  if (!characteristic) throw new DiagnosticError(found);
  const { provenance } = characteristic.data;
  const spec = characterizeSchema.safeParse(provenance.spec);
  if (!spec.success) throw new DiagnosticError([noSpecification(asked.file)]);
  const request: CharacterizeRequest = {
    kind: 'characterize',
    deck: resolve(asked.deck ?? provenance.deck),
    spec: spec.data,
  };
  const { given, experiment, diagnostics } = openRequest(request);
  reportDiagnostics(diagnostics, terminal, 'error');
  if (!given || !experiment) return exitCodes.failed.code;
  if (circuitHash(given.circuit) !== characteristic.circuitHash)
    reportDiagnostics([otherCircuit(request.deck)], terminal);
  const crew =
    asked.threads > 1 ? new SamplingThreads(asked.threads, () => startThread(request)) : undefined;
  try {
    const { points, seed } = asked;
    const sampling = crew ?? new InProcessSampling(experiment.sampler);
    const checked = await checkCharacteristic(characteristic, experiment, sampling, {
      points,
      seed,
      signal: terminal.interrupted,
    });
    if (!checked) return exitCodes.interrupted.code;
    if (!asked.quiet) terminal.out(tableOf(checked));
    const beyond = checked.some((each) => each.beyond > 0);
    return beyond ? exitCodes.failed.code : exitCodes.ok.code;
  } finally {
    await crew?.end();
  }
}

function tableOf(checked: readonly CheckedOutput[]): string {
  const head = ['output', 'error bound', 'greatest found', 'rms', 'points', 'beyond the bound'];
  const rows = checked.map(({ output: { name, unit, bound }, max, rms, points, beyond }) => [
    name,
    ...[bound.absolute, max, rms].map((value) => formatQuantity(value, unit).trim()),
    String(points),
    String(beyond),
  ]);
  return textTable(
    [head, ...rows],
    head.map((_, k) => k > 0),
  );
}

function noSpecification(file: string): ReturnType<typeof error> {
  return error('C326', `'${file}' does not say how it was made: it cannot be checked`);
}

function otherCircuit(deck: string): ReturnType<typeof warning> {
  return warning(
    'C327',
    `'${deck}' is another circuit than the characteristic was made from`,
    undefined,
    {
      help: ['characterize it again'],
    },
  );
}
