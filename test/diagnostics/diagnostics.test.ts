import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderDiagnostic, type Source } from '../../src/base/index.js';
import { parseNetlist } from '../../src/netlist/index.js';

/**
 * Every `x.cir` of this folder is a deck with mistakes; `x.txt` holds the messages as the user sees
 * them. A new case is a new pair; `npx vitest run -u test/diagnostics` writes the messages of new
 * decks, to be read before they are committed.
 */
const folder = dirname(fileURLToPath(import.meta.url));
const decks = readdirSync(folder).filter((name) => name.endsWith('.cir'));

function reader(path: string, from: Source): Source | undefined {
  const name = join(dirname(from.name), path);
  try {
    return { name, text: readFileSync(join(folder, name), 'utf8') };
  } catch {
    return undefined;
  }
}

describe('diagnostics', () => {
  it('has a message for every deck and a deck for every message', () => {
    const messages = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    const expected = decks.map((name) => name.replace('.cir', '.txt'));
    expect(messages.sort()).toEqual(expected.sort());
    expect(decks.length).toBeGreaterThanOrEqual(100);
  });

  it.each(decks)('%s', async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { diagnostics, circuit } = parseNetlist(text, { name, reader });
    const rendered = diagnostics.map((each) => renderDiagnostic(each)).join('\n\n');
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(circuit === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    await expect(`${rendered}\n`).toMatchFileSnapshot(join(folder, name.replace('.cir', '.txt')));
  });
});
