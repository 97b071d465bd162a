/** The README's own code: what it shows is what was run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from '../src/cli/command-line.js';

const readme = resolve(import.meta.dirname, '../README.md');

/** The first block of a language in the README. */
export function readmeBlock(language: string): string {
  const text = readFileSync(readme, 'utf8');
  const block = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(text)?.[1];
  if (block === undefined) throw new Error(`README.md has no block of ${language}`);
  return block;
}

/** What `oxspice run memristor.cir --plot` draws for the README's deck. */
export async function readmePicture(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'oxspice-'));
  try {
    const deck = join(folder, 'memristor.cir');
    writeFileSync(deck, readmeBlock('spice'));
    let messages = '';
    const code = await commandLine(['run', deck, '--plot'], {
      out: () => undefined,
      err: (text) => (messages += text),
      coloured: false,
      interrupted: new AbortController().signal,
      debug: true,
    });
    if (code !== 0 || messages) throw new Error(`the README's deck does not run: ${messages}`);
    return readFileSync(join(folder, 'memristor.out', 'memristor.tran.svg'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
