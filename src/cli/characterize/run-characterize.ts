/** `oxspice characterize`: samples, tables, files. */
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  characteristicPictures,
  characteristicReport,
  characteristicTables,
  characterize,
  type CharacterizeProgress,
  type TransferCharacteristic,
  writeCharacteristic,
  writeCharacteristicCsv,
} from '../../arch/characterize/index.js';
import { InProcessSampling } from '../../arch/characterize/sampling.js';
import type { CharacterizeSpecification } from '../../arch/characterize/specification.js';
import { formatQuantity, hasErrors } from '../../base/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { startThread } from '../many-runs/program.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { defaultFolder } from '../results/file-names.js';
import { makeFolder, replaceFile } from '../results/open-file.js';
import type { PlotFormat } from '../results/picture.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';
import { packageVersion } from '../version.js';
import type { CharacterizeArguments } from './characterize-arguments.js';
import { type CharacterizeRequest, openRequest } from './characterize-request.js';
import { CharacterizeLine } from './characterize-line.js';
import { SamplingLedger } from './sampling-ledger.js';
import { SamplingThreads } from './sampling-threads.js';

export async function runCharacterize(
  asked: CharacterizeArguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const started = performance.now();
  const request = requestOf(asked);
  const { text, options, fingerprint, experiment, diagnostics, given } = openRequest(request);
  if (!experiment || hasErrors(diagnostics)) {
    reportDiagnostics(diagnostics, terminal, asked.quiet ? 'error' : 'note');
    return exitCodes.failed.code;
  }
  const folder = resolve(asked.folder ?? defaultFolder(asked.deck));
  makeFolder(folder);
  const stem = join(folder, asked.stem);
  const say = (line: string): void => {
    if (!asked.quiet) terminal.out(line);
  };
  say(`${given?.circuit.title ?? ''}\n`);
  const crew =
    threadsOf(asked) > 1
      ? new SamplingThreads(threadsOf(asked), () => startThread(request))
      : undefined;
  const path = `${stem}.samples.jsonl`;
  const inner = crew ?? new InProcessSampling(experiment.sampler);
  const ledger = new SamplingLedger(path, fingerprint, inner, asked.fresh);
  const line = new CharacterizeLine(asked.quiet ? undefined : terminal.progress);
  try {
    const result = await characterize(text, asked.spec, {
      ...options,
      name: asked.deck,
      sampling: () => ledger,
      signal: terminal.interrupted,
      progress: (progress: CharacterizeProgress) => {
        line.update(progress);
      },
      program: `oxspice ${packageVersion()}`,
    });
    line.end();
    reportDiagnostics(result.diagnostics, terminal, asked.quiet ? 'error' : 'note');
    if (terminal.interrupted.aborted) {
      terminal.err('interrupted: samples are on disk; the same command does the rest\n');
      return exitCodes.interrupted.code;
    }
    if (!result.characteristic) return exitCodes.failed.code;
    const paths = await writeResults(result.characteristic, stem, asked.plotFormat);
    say(tablesText(result.characteristic));
    const seconds = (performance.now() - started) / 1000;
    const { runs } = result.characteristic.data.provenance;
    const before = ledger.reused > 0 ? ', those of earlier commands included' : '';
    say(`${runs} simulations${before}, ${formatQuantity(seconds, 's', 3)}\n`);
    say(paths.map((each) => `  → ${each}\n`).join(''));
    return exitCodes.ok.code;
  } finally {
    line.end();
    await crew?.end();
  }
}

function requestOf({ deck, spec }: CharacterizeArguments): CharacterizeRequest {
  return { kind: 'characterize', deck: resolve(deck), spec };
}

/** Operating points take less time than a thread takes to start. */
function threadsOf({ threads, spec }: CharacterizeArguments): number {
  return threads ?? (isQuick(spec) ? 1 : availableParallelism());
}

function isQuick({ kind }: CharacterizeSpecification): boolean {
  return kind === 'dc' || kind === 'ac';
}

function tablesText(characteristic: TransferCharacteristic): string {
  return characteristicTables(characteristic)
    .map(({ title, head, rows }) => {
      const right = head.map((_, k) => k > 0);
      return `\n${title}\n${textTable([head, ...rows], right)}`;
    })
    .join('');
}

/** Characteristic, tables, pictures, report. Returns their names. */
async function writeResults(
  characteristic: TransferCharacteristic,
  stem: string,
  format: PlotFormat,
): Promise<string[]> {
  const pictures = characteristicPictures(characteristic);
  const files: [string, string | Uint8Array][] = [
    [`${stem}.characteristic.json`, writeCharacteristic(characteristic)],
    [`${stem}.characteristic.csv`, writeCharacteristicCsv(characteristic)],
    [`${stem}.characteristic.html`, characteristicReport(characteristic, pictures)],
  ];
  for (const { name, svg } of pictures) {
    const drawn = format === 'png' ? await (await import('../results/png.js')).pngOf(svg) : svg;
    files.push([`${stem}.${name}.${format}`, drawn]);
  }
  makeFolder(dirname(stem));
  // Another command may be at the same characteristic, and a training may read it.
  for (const [path, content] of files) replaceFile(path, content);
  return files.map(([path]) => path);
}
