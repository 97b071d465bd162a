/** One deck of a gallery: what its header says, what its run printed and drew. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../../base/index.js';
import { readCharacterizeSpecification } from '../../arch/characterize/specification.js';
import { characterize } from '../commands/characterize.js';
import { run } from '../commands/run.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { readDeck } from '../read-deck.js';
import { baseOf } from '../results/file-names.js';
import type { Terminal } from '../terminal.js';
import type { GalleryDeck } from './find-decks.js';

export interface GalleryEntry extends GalleryDeck {
  readonly title: string;
  /** The comment under the title, without its asterisks. */
  readonly header: string;
  /** What the run printed, without the names of files. */
  readonly output: string;
  /** Errors and warnings. */
  readonly messages: string;
  /** Pictures, relative to the gallery's folder. */
  readonly pictures: readonly string[];
  readonly exitCode: ExitCode;
  readonly seconds: number;
}

/** Runs a deck; its results go to `<out>/<topic>/<name>/`. */
export async function galleryEntry(
  deck: GalleryDeck,
  out: string,
  terminal: Terminal,
): Promise<GalleryEntry> {
  const started = performance.now();
  const place = join(deck.topic, baseOf(deck.path));
  const said = { out: '', err: '' };
  const listening: Terminal = {
    ...terminal,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    coloured: false,
  };
  let exitCode = await attempt(deck, join(out, place), listening);
  for (const spec of deck.specifications)
    if (exitCode === exitCodes.ok.code) exitCode = await sweep(spec, join(out, place), listening);
  const { title, header } = headerOf(readDeck(deck.path).text);
  return {
    ...deck,
    title,
    header,
    output: withoutFiles(said.out, title),
    messages: said.err,
    pictures: picturesIn(out, place),
    exitCode: terminal.interrupted.aborted ? exitCodes.interrupted.code : exitCode,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A deck that cannot be run has its messages on the page; the others go on. */
async function attempt(
  { path }: GalleryDeck,
  output: string,
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    return await run.execute({ deck: path, output, plot: '', cache: true }, terminal);
  } catch (problem) {
    if (!(problem instanceof DiagnosticError)) throw problem;
    reportDiagnostics(problem.diagnostics, terminal);
    return exitCodes.failed.code;
  }
}

/** Transfer curves and gains that operating points give: what takes Monte Carlos is not for a page. */
async function sweep(spec: string, out: string, terminal: Terminal): Promise<ExitCode> {
  const { value } = readCharacterizeSpecification(readDeck(spec));
  if (value?.kind !== 'dc' && value?.kind !== 'ac') return exitCodes.ok.code;
  terminal.out('\n');
  return characterize.execute({ spec, out }, terminal);
}

/** The title and the comment that follows it. */
export function headerOf(text: string): { readonly title: string; readonly header: string } {
  const [title, ...lines] = text.split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('*'));
  const comment = lines.slice(0, end < 0 ? undefined : end);
  const header = comment.map((line) => line.replace(/^\* ?/, '')).join('\n');
  return { title: title.replace(/^\* ?/, '').trim(), header: header.trim() };
}

function withoutFiles(output: string, title: string): string {
  const lines = output.split('\n');
  if (lines[0].trim() === title) lines.shift();
  return lines.filter((line) => !/^\s*→/.test(line)).join('\n');
}

function picturesIn(out: string, place: string): string[] {
  const folder = join(out, place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.svg'))
    .sort()
    .map((name) => join(place, name));
}
