// Compares every deck of circuits/ and test/decks/ with ngspice, side by side:
//
//     npm run compare:ngspice -- [part of a deck's name …] [--limit 300] [--jobs 2] [--resume]
//
// The reference is ngspice with its tolerances tightened until its own change is below 0.05 %, or as
// the deck says (scripts/ngspice/rules.mjs); ours runs at the deck's tolerances. The column `ngspice`
// tells how far ngspice at the deck's tolerances is from that reference, for comparison.
//
// A deck that takes more than --limit seconds of the wall clock is stopped and told at the end.
// Results go to results/compare-ngspice.jsonl as they come; --resume takes those that are there, of
// decks that have not changed since. --markdown <file> writes a page of them.
//
// Exit code 1 if a deck is beyond its limit or failed.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ComparisonLedger, deckHash } from './ngspice/comparison-ledger.mjs';
import { headerLine, pageOf, recordLines, summaryOf } from './ngspice/comparison-report.mjs';
import { decks } from './ngspice/decks.mjs';
import { runLimited, stopAll } from './ngspice/run-limited.mjs';
import { ngspiceVersion } from './ngspice/run-ngspice.mjs';

const root = join(import.meta.dirname, '..');
const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: '300' },
    jobs: { type: 'string', default: '2' },
    resume: { type: 'boolean', default: false },
    markdown: { type: 'string' },
  },
});
const [limit, jobs] = [positive('limit'), positive('jobs')];

const version = ngspiceVersion();
if (version === undefined) {
  console.log('ngspice is not installed: nothing was compared (apt-get install ngspice)');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    stopAll();
    process.exit(130);
  });

const named = decks().filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const left = named.filter(({ ngspice }) => !ngspice);
const chosen = named
  .filter(({ ngspice }) => ngspice)
  .map((deck) => ({ ...deck, hash: deckHash({ ...deck, folder: dirname(deck.file) }) }));
const ledger = new ComparisonLedger(join(root, 'results', 'compare-ngspice.jsonl'), options);

console.log(`ngspice ${version}, ${chosen.length} decks, ${limit} s for each at most`);
console.log(headerLine());
const waiting = [...chosen];
await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
const records = chosen.map((deck) => ledger.find(deck, limit));
const { text, passed } = summaryOf(records, left);
for (const { name } of left)
  console.log(`${name}: not compared, ngspice lacks what it uses (see its golden)`);
for (const record of records.filter(({ lines }) => !lines))
  for (const line of recordLines(record)) console.log(line);
console.log(text);
if (options.markdown) writeFileSync(options.markdown, pageOf(records, left));
process.exit(passed ? 0 : 1);

/** Takes decks from those that are waiting, until there are none. */
async function work() {
  for (let deck = waiting.shift(); deck; deck = waiting.shift()) {
    const known = ledger.find(deck, limit);
    const record = known ?? (await compare(deck));
    if (!known) ledger.add(record);
    for (const line of recordLines(record)) console.log(line);
  }
}

/** `lines` are absent where the time was over. */
async function compare({ name, hash }) {
  const script = join(import.meta.dirname, 'ngspice', 'compare-deck.mjs');
  try {
    const out = await runLimited(process.execPath, [script, name], limit);
    return { name, hash, limit, ...(out === undefined ? {} : { lines: JSON.parse(out) }) };
  } catch (problem) {
    return { name, hash, limit, lines: [{ problem: problem.message }] };
  }
}

function positive(name) {
  const value = Number(options[name]);
  if (value > 0) return value;
  console.error(`--${name} takes a number above 0, not '${options[name]}'`);
  process.exit(2);
}
