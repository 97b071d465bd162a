import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../src/cli/command-line.js';
import type { ExitCode } from '../../src/cli/exit-codes.js';
import { type Dataset, readCsv, readRaw } from '../../src/waveform/index.js';

export interface Captured {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process and captures what it writes. */
export async function capture(
  args: readonly string[],
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Captured> {
  let out = '';
  let err = '';
  const code = await commandLine(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    coloured: false,
    interrupted,
    debug: false,
  });
  return { code, out, err };
}

/** A folder of its own with some files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'oxspice-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The one plot of a raw file. */
export function rawFile(path: string): Dataset {
  const { datasets, diagnostics } = readRaw(readFileSync(path));
  if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  return datasets[0];
}

export function csvFile(path: string): Dataset {
  const { dataset, diagnostics } = readCsv(readFileSync(path, 'utf8'));
  if (!dataset) throw new Error(diagnostics[0].message);
  return dataset;
}
