import { join } from 'node:path';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { findDecks } from '../gallery/find-decks.js';
import type { GalleryEntry } from '../gallery/gallery-entry.js';
import { makeFolder, writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';

/** `oxspice gallery circuits`: runs every deck of a folder and makes one page of what came out. */
export const gallery: Command = {
  name: 'gallery',
  positionals: '<folder>',
  describe: 'Run every deck of a folder and write a page with their figures and tables',
  options: {
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      default: 'results/gallery',
      describe: 'Folder for the page and the results',
    },
  },
  examples: [['$0 gallery circuits', 'the page is results/gallery/index.html']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const out = String(given.output);
    const decks = findDecks(String(given.folder));
    const { galleryEntry } = await import('../gallery/gallery-entry.js');
    const { galleryPage } = await import('../gallery/gallery-page.js');
    makeFolder(out);
    const page = join(out, 'index.html');
    const entries: GalleryEntry[] = [];
    for (const deck of decks) {
      const entry = await galleryEntry(deck, out, terminal);
      entries.push(entry);
      tell(entry, terminal);
      // After each deck, so that a run that is stopped leaves what is there.
      writeFile(page, galleryPage(entries));
      if (terminal.interrupted.aborted) return exitCodes.interrupted.code;
    }
    terminal.out(`  → ${page}\n`);
    const failed = entries.some(({ exitCode }) => exitCode !== exitCodes.ok.code);
    return failed ? exitCodes.failed.code : exitCodes.ok.code;
  },
};

function tell({ path, seconds, exitCode, messages }: GalleryEntry, terminal: Terminal): void {
  const verdict = exitCode === exitCodes.ok.code ? '' : '  failed';
  terminal.out(`${path}  ${seconds.toFixed(1)} s${verdict}\n`);
  if (messages) terminal.err(messages);
}
