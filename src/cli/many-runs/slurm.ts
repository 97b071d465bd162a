/** Slurm job arrays: each task of the array does a part of the jobs and leaves records in a file. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError, error } from '../../base/index.js';
import { type Executor, lostRun, readLedger, type RunRecord } from '../../jobs/index.js';
import type { CampaignRequest } from './campaign-request.js';
import { thisProgram } from './program.js';

/** What a task reads: `oxspice part <file> <number>`. */
export interface PartsFile {
  readonly request: CampaignRequest;
  /** Of each step. */
  readonly runs: number;
  /** Indices of the jobs of each task. */
  readonly parts: readonly (readonly number[])[];
}

export interface SlurmOptions {
  readonly request: CampaignRequest;
  readonly runs: number;
  /** For parts and logs; shared with the machines of the cluster. */
  readonly folder: string;
  /** Of an array; Slurm's own limit is 1001 unless its administrator has set another. */
  readonly tasks: number;
  /** Further options of `sbatch`. */
  readonly options: readonly string[];
}

/** What is known of an array that was submitted, for a main process that comes after this one. */
interface Submission {
  readonly of: string;
  readonly job: string;
  readonly round: number;
}

const pollPause = 500; // ms
/** Tasks that end without a record are submitted again so often. */
const mostRounds = 3;

export class Slurm implements Executor {
  readonly name = 'slurm';
  readonly #options: SlurmOptions;

  constructor(options: SlurmOptions) {
    this.#options = options;
  }

  /**
   * Records of tasks that an earlier process submitted are collected first; an array that still
   * runs is waited for. Throws a `DiagnosticError` if Slurm is not there or refuses.
   */
  async *execute(indices: readonly number[], signal: AbortSignal): AsyncGenerator<RunRecord> {
    const { folder } = this.#options;
    mkdirSync(folder, { recursive: true });
    const open = new Set(indices);
    let submission = this.#earlier();
    let round = submission?.round ?? 0;
    if (submission) yield* this.#follow(submission, open, signal);
    for (let tries = 0; tries < mostRounds && open.size > 0 && !signal.aborted; tries++) {
      submission = this.#submit([...open], ++round);
      yield* this.#follow(submission, open, signal);
    }
    if (signal.aborted) return;
    for (const index of open)
      yield lostRun(index, `the Slurm task ended without this run; its log is in ${folder}`);
  }

  #earlier(): Submission | undefined {
    const path = join(this.#options.folder, 'submission.json');
    if (!existsSync(path)) return undefined;
    try {
      const found = JSON.parse(readFileSync(path, 'utf8')) as Submission;
      return found.of === this.#options.request.fingerprint ? found : undefined;
    } catch {
      return undefined;
    }
  }

  #submit(indices: readonly number[], round: number): Submission {
    const { request, runs, folder, tasks, options } = this.#options;
    const count = Math.min(tasks, indices.length);
    // Dealt out, so that a cheap and a dear corner share their tasks.
    const parts = Array.from({ length: count }, (_, k) =>
      indices.filter((_index, i) => i % count === k),
    );
    const file = join(folder, `round${round}.json`);
    writeFileSync(file, JSON.stringify({ request, runs, parts } satisfies PartsFile));
    const { file: program, nodeArguments } = thisProgram();
    const command = [process.execPath, ...nodeArguments, program, 'part', file];
    const script = `#!/bin/sh\nexec ${command.map(quoted).join(' ')} "$SLURM_ARRAY_TASK_ID"\n`;
    const answer = ask(
      'sbatch',
      [
        '--parsable',
        `--array=0-${count - 1}`,
        '--job-name=oxspice',
        `--output=${join(folder, `round${round}.%a.log`)}`,
        ...options,
      ],
      script,
    );
    const submission = {
      of: request.fingerprint ?? '',
      job: answer.trim().split(';')[0],
      round,
    };
    const path = join(folder, 'submission.json');
    // Whole or not at all.
    writeFileSync(`${path}.new`, JSON.stringify(submission));
    renameSync(`${path}.new`, path);
    return submission;
  }

  /** Records of an array as they come, until it has ended; takes them out of `open`. */
  async *#follow(
    { job, round }: Submission,
    open: Set<number>,
    signal: AbortSignal,
  ): AsyncGenerator<RunRecord> {
    const { folder, runs } = this.#options;
    const file = join(folder, `round${round}.json`);
    const { parts, runs: submitted } = JSON.parse(readFileSync(file, 'utf8')) as PartsFile;
    const isOpen = (part: readonly number[]): boolean =>
      submitted !== runs || part.some((index) => open.has(index));
    for (;;) {
      // Asked first: what is written until then is read below.
      const runsStill = isQueued(job);
      for (let k = 0; k < parts.length; k++) {
        if (!isOpen(parts[k])) continue;
        for (const record of recordsOf(partPath(file, k), runs).values())
          if (open.delete(record.index)) yield record;
      }
      if (open.size === 0 || !runsStill) return;
      if (signal.aborted) {
        spawnSync('scancel', [job]);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pollPause));
    }
  }
}

/** Where a task leaves its records. */
export function partPath(file: string, part: number): string {
  return file.replace(/json$/, `${part}.jsonl`);
}

function recordsOf(path: string, runs: number): ReadonlyMap<number, RunRecord> {
  return existsSync(path) ? readLedger(readFileSync(path, 'utf8'), runs).records : new Map();
}

/** Whether tasks of an array wait or run. Slurm forgets ended jobs: an unknown one has ended. */
function isQueued(job: string): boolean {
  const { status, stdout } = spawnSync('squeue', ['-h', '-j', job, '-o', '%i'], {
    encoding: 'utf8',
  });
  return status === 0 && stdout.trim() !== '';
}

function ask(command: string, args: readonly string[], input: string): string {
  const {
    status,
    stdout,
    stderr,
    error: problem,
  } = spawnSync(command, args, {
    encoding: 'utf8',
    input,
  });
  if (status === 0) return stdout;
  const reason = problem ? 'the command is not there' : stderr.trim();
  throw new DiagnosticError([
    error('C305', `Slurm does not take the runs: ${command}: ${reason}`, undefined, {
      help: ["'--executor threads' runs them on this machine"],
    }),
  ]);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
