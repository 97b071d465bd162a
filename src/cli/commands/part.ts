import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { DiagnosticError, error } from '../../base/index.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { fileProblem } from '../file-problem.js';
import type { PartsFile } from '../many-runs/slurm.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import type { Terminal } from '../terminal.js';

/** `oxspice part file 3`: carries out one part of many runs; a cluster's scheduler starts it. */
export const part: Command = {
  name: 'part',
  positionals: '<file> <number>',
  describe: "Carry out a part of many runs ('oxspice run --executor slurm' submits it)",
  options: {},
  examples: [['$0 part deck.out/slurm/round1.json 0', 'the first part']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const path = String(given.file);
    const number = Number(given.number);
    const { request, runs, parts } = readParts(path);
    const indices = parts[number];
    if (!indices) {
      const message = `'${path}' has ${parts.length} parts, and none with the number ${number}`;
      throw new DiagnosticError([error('C306', message)]);
    }
    const { ledgerHead, ledgerLine, readLedger, InProcessExecutor } =
      await import('../../jobs/index.js');
    const { openCampaign } = await import('../many-runs/campaign-request.js');
    const { carryOutWith } = await import('../many-runs/carry-out.js');
    const { partPath } = await import('../many-runs/slurm.js');
    const { campaign, diagnostics, fingerprint } = openCampaign(request);
    if (!campaign) {
      reportDiagnostics(diagnostics, terminal);
      return exitCodes.failed.code;
    }
    const ledger = partPath(path, number);
    // A task that is started once more (by Slurm, after its node failed) goes on where it was.
    const before = existsSync(ledger) ? readFileSync(ledger, 'utf8') : '';
    appendFileSync(ledger, before === '' ? ledgerHead(fingerprint) : '\n');
    const { records } = readLedger(before, runs);
    const executor = new InProcessExecutor(carryOutWith(campaign, request.waveforms));
    const missing = indices.filter((index) => !records.has(index));
    for await (const record of executor.execute(missing, terminal.interrupted))
      appendFileSync(ledger, ledgerLine(record, runs));
    return terminal.interrupted.aborted ? exitCodes.interrupted.code : exitCodes.ok.code;
  },
};

function readParts(path: string): PartsFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PartsFile;
  } catch (problem) {
    // The literal code keeps the list of codes complete.
    throw fileProblem(problem, 'C307', `cannot read the parts in '${path}'`);
  }
}
