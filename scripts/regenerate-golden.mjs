// Writes test/golden/ anew from ngspice at tight tolerances, for every deck of circuits/:
//
//     node scripts/regenerate-golden.mjs [part of a deck's name …]      (after npm run build)
//
// A golden has the signals of the deck's .print lines that ngspice knows.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseQuantity } from '../dist/base/index.js';
import { Dataset, extremes, oscillationOf, writeCsv } from '../dist/waveform/index.js';
import { decks } from './ngspice/decks.mjs';
import { reference } from './ngspice/reference.mjs';
import { limits, transientRule } from './ngspice/rules.mjs';
import { ngspiceVersion } from './ngspice/run-ngspice.mjs';
import { thinned } from './ngspice/thin.mjs';

const folder = join(import.meta.dirname, '..', 'test', 'golden');
const wanted = process.argv.slice(2);
const circuits = decks().filter(
  ({ name, ngspice }) =>
    ngspice &&
    name.startsWith('circuits') &&
    (wanted.length === 0 || wanted.some((w) => name.includes(w))),
);
for (const deck of circuits) {
  const result = reference(deck.ngspice.text, deck.ngspice.folder);
  for (const dataset of result.datasets) {
    const rule = transientRule(deck.text, parseQuantity);
    const golden = reduced(chosen(dataset, deck), rule);
    const file = `${basename(deck.file, '.cir')}.${dataset.analysis}.csv`;
    writeFileSync(join(folder, file), header(deck, dataset, result, rule) + writeCsv(golden));
    console.log(`${file}: ${golden.length} of ${dataset.length} points`);
  }
}

/** Lines that begin with `#`, before the table. */
function header(deck, { analysis }, { maxStep, reltol, chgtol, change }, rule) {
  const step =
    analysis === 'tran'
      ? `, chgtol ${chgtol}, steps of at most ${Number(maxStep.toPrecision(3))} s`
      : '';
  const settled = analysis === 'tran' && change !== undefined;
  const own = settled ? `; own change below ${Math.max(change, 1e-6).toPrecision(1)}` : '';
  return [
    `# ${deck.name}, ${analysis}`,
    `# source: ngspice ${ngspiceVersion()}, reltol ${reltol}${step}${own}`,
    `# tolerance: ${toleranceOf(analysis, rule)}`,
    '',
  ].join('\n');
}

function toleranceOf(analysis, rule) {
  if (analysis !== 'tran') return `relative ${limits.relative}`;
  if (rule.kind === 'oscillator') return `oscillator ${rule.signal} ${limits.period}`;
  return `rms ${limits.rms}`;
}

/** The scale and the signals of the deck's .print lines, under the deck's names. */
function chosen(dataset, { text, aliases }) {
  const joined = text.replace(/\n\+/g, ' ');
  const cards = [
    ...joined.matchAll(new RegExp(`^\\.print\\s+${dataset.analysis}\\s+(.*)$`, 'gim')),
  ];
  const items = cards.flatMap(([, list]) => list.split(/\s+/));
  const names = items.map((item) => item.replace(/^v(db|p|m|r|i)\(/i, 'v('));
  const theirs = new Map([...aliases].map(([ngspice, ours]) => [ours, ngspice]));
  const columns = [...new Set(names)].flatMap((name) => {
    const column = dataset.get(theirs.get(name) ?? name);
    return column ? [{ ...column, name }] : [];
  });
  return new Dataset(dataset, [dataset.scale, ...columns]);
}

function reduced(dataset, rule) {
  if (dataset.analysis !== 'tran') return dataset;
  const from = rule.kind === 'oscillator' ? lastPeriods(dataset, rule.signal) : 0;
  const first = dataset.scale.real.findIndex((time) => time >= from);
  const columns = dataset.columns.map((column) => column.real.subarray(first));
  const tolerances = columns.slice(1).map((y) => {
    const [low, high] = extremes(y);
    return 2e-4 * (high - low);
  });
  const kept = thinned(columns[0], columns.slice(1), tolerances);
  return new Dataset(
    dataset,
    dataset.columns.map(({ name, quantity }, c) => ({
      name,
      quantity,
      real: Float64Array.from(kept, (i) => Number(columns[c][i].toPrecision(9))),
    })),
  );
}

/** Where the last six periods begin. */
function lastPeriods(dataset, signal) {
  const { x } = dataset.waveform(signal);
  return x[x.length - 1] - 6 * oscillationOf(dataset.waveform(signal)).period;
}
