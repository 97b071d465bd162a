// Results of a comparison, kept as they come, so that one that was stopped can go on.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { withIncludes } from './decks.mjs';

/** Stands for what both simulators are given. */
export function deckHash({ text, folder, ngspice }) {
  const all = [withIncludes(text, folder), withIncludes(ngspice.text, ngspice.folder)];
  return createHash('sha256').update(all.join('\0')).digest('hex').slice(0, 16);
}

/** Records by name and hash; a fresh ledger begins empty. */
export class ComparisonLedger {
  #file;
  #records = new Map();

  constructor(file, { resume }) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (!resume || !existsSync(file)) writeFileSync(file, '');
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const record = parsed(line);
      if (record) this.#records.set(keyOf(record), record);
    }
  }

  /** What was found for a deck; undefined where it is to be compared, or was given less time. */
  find(deck, limit) {
    const record = this.#records.get(keyOf(deck));
    return record && (record.lines || record.limit >= limit) ? record : undefined;
  }

  add(record) {
    this.#records.set(keyOf(record), record);
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
  }
}

function keyOf({ name, hash }) {
  return `${name} ${hash}`;
}

/** The last line may be half a line, where the program was stopped. */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
