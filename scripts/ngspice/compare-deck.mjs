// One deck in both simulators, as a process of its own that can be stopped:
//
//     node scripts/ngspice/compare-deck.mjs <path of a deck below the repository>
//
// Prints a JSON list with a line for each analysis (`Line` of compare-ngspice.mjs).
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseQuantity, renderDiagnostic } from '../../dist/base/index.js';
import { simulate } from '../../dist/solver/index.js';
import { compareDatasets } from './compare-datasets.mjs';
import { decks } from './decks.mjs';
import { reference } from './reference.mjs';
import { transientRule } from './rules.mjs';
import { runNgspice } from './run-ngspice.mjs';

const deck = decks().find(({ name }) => name === process.argv[2]);
process.stdout.write(JSON.stringify(await linesOf(deck)));

async function linesOf({ file, text, ngspice, aliases }) {
  const rule = transientRule(text, parseQuantity);
  try {
    const ours = await simulate(text, { name: file, reader });
    const broken = ours.diagnostics.filter(({ severity }) => severity === 'error');
    if (broken.length > 0)
      return [{ problem: broken.map((problem) => renderDiagnostic(problem)).join('\n') }];
    const expected = reference(ngspice.text, ngspice.folder).datasets;
    const usual = runNgspice(ngspice.text, ngspice.folder);
    return ours.analyses.map(({ kind, dataset, completed }, i) => {
      const index = ours.analyses.slice(0, i).filter((other) => other.kind === kind).length;
      // ngspice runs the cards of one kind from the last to the first.
      const same = (list) => list.filter(({ analysis }) => analysis === kind).at(-1 - index);
      if (!completed) return { problem: `${kind} did not come to its end` };
      if (!same(expected)) return { problem: `ngspice has no ${kind} number ${index + 1}` };
      const result = compareDatasets(same(expected), dataset, rule, aliases);
      const loose = compareDatasets(same(expected), same(usual), rule);
      return lineOf(kind, dataset, result, loose);
    });
  } catch (problem) {
    return [{ problem: problem.message }];
  }
}

function reader(path, from) {
  const found = resolve(dirname(from.name), path);
  return { name: found, text: readFileSync(found, 'utf8') };
}

function lineOf(kind, { length }, { worst, error, signal, signals, rule }, loose) {
  const passed = worst <= 1 && signals > 0;
  return { kind, points: length, signals, error, ngspice: loose.error, rule, signal, passed };
}
