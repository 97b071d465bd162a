// Compares every deck of circuits/ and test/decks/ with ngspice, side by side:
//
//     npm run compare:ngspice [part of a deck's name …]
//
// The reference is ngspice with its tolerances tightened until its own change is below 0.05 %; ours
// runs at the deck's tolerances. The column `ngspice` tells how far ngspice at the deck's tolerances
// is from that reference, for comparison. Exit code 1 if a deck is beyond its limit.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseQuantity, renderDiagnostic } from '../dist/base/index.js';
import { simulate } from '../dist/solver/index.js';
import { compareDatasets } from './ngspice/compare-datasets.mjs';
import { decks } from './ngspice/decks.mjs';
import { reference } from './ngspice/reference.mjs';
import { transientRule } from './ngspice/rules.mjs';
import { ngspiceVersion, runNgspice } from './ngspice/run-ngspice.mjs';

const version = ngspiceVersion();
if (version === undefined) {
  console.log('ngspice is not installed: nothing was compared (apt-get install ngspice)');
  process.exit(0);
}
const wanted = process.argv.slice(2);
const named = decks().filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const chosen = named.filter(({ ngspice }) => ngspice);
console.log(`ngspice ${version}, ${chosen.length} decks`);
console.log(row('deck', 'analysis', 'points', 'signals', 'error', 'ngspice', 'rule', 'result'));
let failed = 0;
for (const deck of chosen) {
  for (const line of await compareDeck(deck)) {
    if (!line.passed) failed++;
    console.log(line.text);
  }
}
for (const { name, ngspice } of named)
  if (!ngspice) console.log(`${name}: not compared, ngspice lacks its devices (see its golden)`);
console.log(failed === 0 ? 'all within their limits' : `${failed} beyond their limits`);
process.exit(failed === 0 ? 0 : 1);

async function compareDeck({ name, file, text, ngspice, aliases }) {
  const rule = transientRule(text, parseQuantity);
  try {
    const reader = (path, from) => {
      const found = resolve(dirname(from.name), path);
      return { name: found, text: readFileSync(found, 'utf8') };
    };
    const ours = await simulate(text, { name: file, reader });
    const broken = ours.diagnostics.filter(({ severity }) => severity === 'error');
    if (broken.length > 0)
      return [failure(name, broken.map((problem) => renderDiagnostic(problem)).join('\n'))];
    const expected = reference(ngspice.text, ngspice.folder).datasets;
    const usual = runNgspice(ngspice.text, ngspice.folder);
    return ours.analyses.map(({ kind, dataset, completed }, i) => {
      const index = ours.analyses.slice(0, i).filter((other) => other.kind === kind).length;
      // ngspice runs the cards of one kind from the last to the first.
      const same = (list) => list.filter(({ analysis }) => analysis === kind).at(-1 - index);
      if (!completed) return failure(name, `${kind} did not come to its end`);
      if (!same(expected)) return failure(name, `ngspice has no ${kind} number ${index + 1}`);
      const result = compareDatasets(same(expected), dataset, rule, aliases);
      const loose = compareDatasets(same(expected), same(usual), rule);
      return outcome(name, kind, dataset, result, loose);
    });
  } catch (problem) {
    return [failure(name, problem.message)];
  }
}

function outcome(name, kind, dataset, result, loose) {
  const passed = result.worst <= 1 && result.signals > 0;
  const verdict = passed ? 'ok' : `FAILS at ${result.signal}`;
  const figures = [result.error.toExponential(1), loose.error.toExponential(1)];
  return {
    passed,
    text: row(name, kind, dataset.length, result.signals, ...figures, result.rule, verdict),
  };
}

function failure(name, message) {
  return { passed: false, text: `${name}: ${message}` };
}

function row(name, kind, points, signals, error, loose, rule, verdict) {
  const columns = [name.padEnd(42), kind.padEnd(8), String(points).padStart(6)];
  columns.push(
    String(signals).padStart(7),
    error.padStart(9),
    loose.padStart(9),
    ` ${rule}`.padEnd(12),
  );
  return [...columns, verdict].join(' ');
}
