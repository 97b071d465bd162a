// Runs one deck inside this process and tells what each phase cost, as JSON:
//
//     node bench/phases.mjs deck.cir
//
// Clocks inside the iteration would cost more than a small circuit's iteration. So the phases from
// text to operating point and the transient as a whole are measured as they run (user CPU seconds of
// the process, its collector and compiler threads included), and the parts of an iteration after the
// run: the last point is evaluated, factored and solved again many times, and the fastest batch
// counts, times the number of evaluations, refactorizations and solutions there were. What is left of
// the transient is prediction, error control, convergence tests, recording, and what ran before
// kernels were compiled.
import { readFileSync } from 'node:fs';
import { parseNetlist } from '../dist/netlist/index.js';
import { AnalysisContext } from '../dist/solver/analyses/analysis.js';
import { analyses, bindOptions, compileInstance, System } from '../dist/solver/index.js';
import { newStatistics } from '../dist/solver/statistics.js';

const seconds = {};
const text = readFileSync(process.argv[2], 'utf8');
const { circuit, diagnostics } = phase('netlist', () => parseNetlist(text));
if (!circuit) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
const options = bindOptions(circuit.options, []);
const system = phase('system', () => new System(circuit, options, compileInstance));
const statistics = newStatistics();
const context = phase('context', () => new AnalysisContext(system, statistics, []));
const { steps } = begin(context);
phase('operatingPoint', () => steps.next(1));
const atStart = { ...statistics };
phase('transient', () => advance(steps));
const steady = steadySeconds();
const factors = context.equations.solver.factors;
const each = microseconds(context.equations);
process.stdout.write(
  JSON.stringify({
    seconds: { ...seconds, steady },
    points: statistics.acceptedPoints,
    rejected: statistics.rejectedByError + statistics.rejectedByNewton,
    iterations: statistics.iterations,
    factorizations: statistics.factorizations,
    refactorizations: statistics.refactorizations,
    parts: {
      evaluate: each.evaluate * since('iterations') * 1e-6,
      factor: each.factor * since('refactorizations') * 1e-6,
      solve: each.solve * since('iterations') * 1e-6,
    },
    microseconds: { evaluate: each.evaluate, factor: each.factor, solve: each.solve },
    unknowns: system.n,
    entries: system.pattern.rowIndices.length,
    factorEntries: factors && factors.lowerRows.length + factors.upperRows.length + system.n,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);

/** A count of the transient alone. */
function since(count) {
  return statistics[count] - atStart[count];
}

function begin(of) {
  const [card] = of.system.circuit.analyses;
  return analyses.find(({ name }) => name === card.name).start(of, card);
}

/** Of the transient once the engine has optimized what it runs: another run, if they are short. */
function steadySeconds() {
  let taken = seconds.transient;
  for (let k = 0; k < 5 && taken < 1; k++) {
    const again = begin(new AnalysisContext(system, newStatistics(), []));
    again.steps.next(1);
    const start = process.cpuUsage();
    advance(again.steps);
    taken = Math.min(taken, process.cpuUsage(start).user / 1e6);
  }
  return taken;
}

function phase(name, action) {
  const start = process.cpuUsage();
  const result = action();
  seconds[name] = process.cpuUsage(start).user / 1e6;
  return result;
}

function advance(steps) {
  for (let next = steps.next(100); ; next = steps.next(100)) {
    if (!next.done) continue;
    if (next.value) throw new Error(next.value.message);
    return;
  }
}

/** Of each part of an iteration at the point that the run ended at. */
function microseconds(equations) {
  const { matrix, rhs } = equations;
  const evaluate = fastest(() => equations.assemble());
  const values = matrix.slice();
  const right = rhs.slice();
  const factor = fastest(() => equations.solver.factor(values));
  const solve = fastest(() => {
    rhs.set(right);
    equations.solve();
  });
  return { evaluate, factor, solve };
}

/**
 * Microseconds of one call: the best of batches of 5 ms or one call, for half a second. CPU time, as
 * others may have the processor meanwhile.
 */
function fastest(action) {
  let count = 1;
  let best = Infinity;
  const end = performance.now() + 500;
  do {
    const start = cpuMicroseconds();
    for (let k = 0; k < count; k++) action();
    const taken = cpuMicroseconds() - start;
    best = Math.min(best, taken / count);
    // The clock of a process may advance by ticks: short batches say nothing.
    if (taken < 5000) {
      count *= 2;
      best = Infinity;
    }
  } while (performance.now() < end || best === Infinity);
  return best;
}

function cpuMicroseconds() {
  const { user, system: kernel } = process.cpuUsage();
  return user + kernel;
}
