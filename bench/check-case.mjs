// Whether the results of a case are equal by the rule of scripts/ngspice/: a ratio counts only then.
import { readFileSync } from 'node:fs';
import { parseQuantity } from '../dist/base/index.js';
import { Dataset, readRaw } from '../dist/waveform/index.js';
import { compareDatasets } from '../scripts/ngspice/compare-datasets.mjs';
import { reference } from '../scripts/ngspice/reference.mjs';
import { transientRule } from '../scripts/ngspice/rules.mjs';
import { runNgspice } from '../scripts/ngspice/run-ngspice.mjs';
import { stopTime, tightened } from '../scripts/ngspice/tighten.mjs';
import { filesOf } from './measure-case.mjs';

/** Tolerances of a reference that is computed once. */
const finer = { reltol: 1e-5, chgtol: 1e-16 };
/** Its steps: half of the longest that the deck allows, and this many at least. */
const finerPoints = 1000;

/**
 * Compares what the timed runs left in the scratch folder with the reference: ours, and ngspice's at
 * the deck's tolerances. `worst` is in units of what is allowed.
 */
export async function checkCase(of, scratch) {
  const files = filesOf(scratch);
  const text = readFileSync(files.theirDeck, 'utf8');
  try {
    const expected = compared(of, transient(referenceOf(of, text, scratch)));
    const rules = of.rules ?? [transientRule(text, parseQuantity)];
    const ours = worst(rules, expected, transient(read(files.result)));
    const theirs = worst(rules, expected, transient(read(files.theirResult)));
    const figures = `${ours.error.toExponential(1)} (ngspice ${theirs.error.toExponential(1)})`;
    const equal = ours.worst <= 1 && ours.signals > 0;
    const place = equal ? '' : ` at ${ours.signal}`;
    return { equal, note: `${ours.rule} ${figures}${place}`, ours, theirs };
  } catch (problem) {
    return { equal: false, note: `no reference: ${problem.message.split('\n')[0]}` };
  }
}

function referenceOf(of, text, folder) {
  if (of.reference !== 'finer') return reference(text, folder).datasets;
  const [, forced] = /^\.tran\s+\S+\s+\S+\s+\S+\s+([\d.]\S*)/im.exec(text) ?? [];
  const longest = forced === undefined ? Infinity : parseQuantity(forced);
  const maxStep = Math.min(stopTime(text) / finerPoints, longest / 2);
  return runNgspice(tightened(text, { ...finer, maxStep }), folder);
}

/** The reference's columns that count. */
function compared({ signals }, dataset) {
  if (!signals) return dataset;
  const columns = dataset.columns.filter(({ name }, k) => k === 0 || signals.includes(name));
  return new Dataset(dataset, columns);
}

function worst(rules, expected, candidate) {
  return rules
    .map((rule) => compareDatasets(expected, candidate, rule))
    .reduce((a, b) => (a.worst >= b.worst ? a : b));
}

function transient(datasets) {
  return datasets.find(({ analysis }) => analysis === 'tran');
}

function read(file) {
  return readRaw(readFileSync(file)).datasets;
}
