import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AnalogSample } from '../arch/index.js';
import { DiagnosticError, error } from '../base/index.js';
import { fileProblem } from './file-problem.js';

const samples = z.array(z.object({ inputs: z.array(z.number()), targets: z.array(z.number()) }));

/** Reads training samples from a JSON file. Throws a `DiagnosticError` for what is not there or wrong. */
export function readSamples(path: string): readonly AnalogSample[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (problem) {
    throw fileProblem(problem, 'C164', `cannot read the samples '${path}'`, []);
  }
  const read = samples.safeParse(parsed(text));
  if (read.success) return read.data;
  throw new DiagnosticError([
    error('C165', `'${path}' is no list of samples`, undefined, {
      help: ['it is JSON: [{"inputs": [0.3, -0.2], "targets": [0.008]}, …], in volts'],
    }),
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
