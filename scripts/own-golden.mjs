// Writes goldens of circuits that no other simulator runs, from this one at tight tolerances:
//
//     node scripts/own-golden.mjs [--as-is] <part of a deck's name …>      (after npm run build)
//
// --as-is keeps to the deck's own tolerances, for decks that take minutes at tight ones.
//
// They guard against changes. That the circuits are right is shown apart, by figures of their headers
// and by tests of the devices in them.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { simulate } from '../dist/solver/index.js';
import { Dataset, extremes, writeCsv } from '../dist/waveform/index.js';
import { decks } from './ngspice/decks.mjs';
import { limits } from './ngspice/rules.mjs';
import { thinned } from './ngspice/thin.mjs';

const folder = join(import.meta.dirname, '..', 'test', 'golden');
const tight = { reltol: 1e-5, chgtol: 1e-17, abstol: 1e-14, vntol: 1e-8 };
const asIs = process.argv.includes('--as-is');
const wanted = process.argv.slice(2).filter((word) => word !== '--as-is');

for (const { name, file, text } of decks()) {
  if (!name.startsWith('circuits') || !wanted.some((part) => name.includes(part))) continue;
  for (const { kind, dataset } of (await run(text, file)).analyses) {
    const golden = kind === 'tran' ? reduced(chosen(dataset, text)) : chosen(dataset, text);
    const path = `${basename(file, '.cir')}.${kind}.csv`;
    writeFileSync(join(folder, path), header(name, kind) + writeCsv(golden));
    console.log(`${path}: ${golden.length} of ${dataset.length} points`);
  }
}

async function run(text, file) {
  const options = Object.entries(asIs ? {} : tight).map(([key, value]) => `${key}=${value}`);
  const reader = (path, from) => {
    const found = resolve(dirname(from.name), path);
    return { name: found, text: readFileSync(found, 'utf8') };
  };
  const card = options.length > 0 ? `.options ${options.join(' ')}\n` : '';
  const tightened = text.replace(/^\.end\s*$/im, `${card}.end`);
  const result = await simulate(tightened, { name: file, reader });
  const broken = result.diagnostics.filter(({ severity }) => severity === 'error');
  if (broken.length > 0) throw new Error(broken.map(({ message }) => message).join('\n'));
  return result;
}

function header(name, kind) {
  const rule = kind === 'tran' ? `rms ${limits.rms}` : `relative ${limits.relative}`;
  const source = asIs
    ? 'OxSpice at the tolerances of the deck'
    : `OxSpice at reltol ${tight.reltol}, chgtol ${tight.chgtol}`;
  return `# ${name}, ${kind}\n# source: ${source}: guards against changes\n# tolerance: ${rule}\n`;
}

/** The scale and the signals of the deck's .print lines. */
function chosen(dataset, text) {
  const joined = text.replace(/\n\+/g, ' ');
  const cards = [
    ...joined.matchAll(new RegExp(`^\\.print\\s+${dataset.analysis}\\s+(.*)$`, 'gim')),
  ];
  const names = new Set(cards.flatMap(([, list]) => list.split(/\s+/)));
  const columns = [...names].flatMap((name) => {
    const column = dataset.get(name);
    return column ? [{ ...column, name }] : [];
  });
  return new Dataset(dataset, [dataset.scale, ...columns]);
}

/** The points between which straight lines stay within 2e-4 of each signal's span. */
function reduced(dataset) {
  const columns = dataset.columns.map(({ real }) => real);
  const tolerances = columns.slice(1).map((y) => {
    const [low, high] = extremes(y);
    return 2e-4 * (high - low);
  });
  const kept = thinned(columns[0], columns.slice(1), tolerances);
  const values = dataset.columns.map(({ name, quantity, real }) => ({
    name,
    quantity,
    real: Float64Array.from(kept, (i) => Number(real[i].toPrecision(9))),
  }));
  return new Dataset(dataset, values);
}
