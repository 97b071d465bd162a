import { expect, test } from 'vitest';
import { parseNetlist } from '../../../src/netlist/index.js';
import { AnalysisContext } from '../../../src/solver/analyses/analysis.js';
import { tran } from '../../../src/solver/analyses/tran.js';
import { bindOptions, compileInstance, System } from '../../../src/solver/index.js';
import { newStatistics } from '../../../src/solver/statistics.js';

/** By how much v(out) may exceed its tolerance at the end of a run of 10 µs. */
function slackAtTheEnd(source: string, option: string): number {
  const text = `slack\nv1 in 0 ${source}\nr1 in out 1k\nc1 out 0 10p\n.options ${option}\n.tran 1n 10u\n.end\n`;
  const { circuit } = parseNetlist(text);
  const system = new System(circuit!, bindOptions(circuit!.options, []), compileInstance);
  const { steps } = tran.start(
    new AnalysisContext(system, newStatistics(), []),
    circuit!.analyses[0],
  )!;
  while (!steps.next(1).done);
  const out = system.unknowns.findIndex(({ name }) => name === 'v(out)');
  return system.memory.steps.slack[out];
}

// A charge of 10 ns in 500 ns rests for 92 % of the time, a sine never.
test.each(['wasm=1', 'wasm=0'])('only what rests may err more while it moves, %s', (option) => {
  expect(slackAtTheEnd('pulse(0 1 0 1n 1n 500n 1u)', option)).toBeGreaterThan(2);
  expect(slackAtTheEnd('sin(0 1 1meg)', option)).toBe(1);
});
