import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../../src/netlist/index.js';
import { AnalysisContext } from '../../../src/solver/analyses/analysis.js';
import { tran } from '../../../src/solver/analyses/tran.js';
import { bindOptions, compileInstance, simulate, System } from '../../../src/solver/index.js';
import { tolerancesOf } from '../../../src/solver/verification.js';
import { newStatistics } from '../../../src/solver/statistics.js';
import { interpolate, type Dataset } from '../../../src/waveform/index.js';
import { inverterChain } from './inverter-chain.js';

function systemOf(text: string): System {
  const { circuit, diagnostics } = parseNetlist(`${text}\n.end\n`);
  expect(diagnostics).toEqual([]);
  return new System(circuit!, bindOptions(circuit!.options, []), compileInstance);
}

async function run(text: string): Promise<Dataset> {
  const { analyses, diagnostics } = await simulate(`${text}\n.end\n`);
  expect(diagnostics).toEqual([]);
  return analyses[0].dataset;
}

describe('transistors that rest', () => {
  it('are carried along where there are many of a large model', () => {
    const carried = (text: string): boolean[] =>
      systemOf(text).memory.groups.map(({ kept }) => kept !== undefined);
    expect(carried(inverterChain(200)).filter(Boolean)).toHaveLength(2);
    // The code that iterates in one piece has them evaluated every time.
    expect(carried(inverterChain(150))).not.toContain(true);
    expect(carried(inverterChain(200, 'bypass=0'))).not.toContain(true);
    expect(carried(inverterChain(200, 'wasm=0'))).not.toContain(true);
  });

  // 0.1 mV is left out by second order only: what differs are the points that steps end at.
  it('give the waveforms of transistors that are all evaluated', async () => {
    const [all, some] = [await run(inverterChain(200, 'bypass=0')), await run(inverterChain(200))];
    const time = Float64Array.from({ length: 1000 }, (_, k) => (k + 1) * 8e-12);
    for (const node of ['v(n1)', 'v(n8)', 'v(n16)']) {
      const [expected, actual] = [all, some].map((dataset) =>
        interpolate(dataset.waveform(node)!, time),
      );
      const sum = expected.reduce((total, v, k) => total + (v - actual[k]) ** 2, 0);
      expect(Math.sqrt(sum / time.length)).toBeLessThan(1e-3 * 3);
    }
  });

  // A transistor that conducts without a voltage across it: its current is a product of two voltages,
  // of which 0.1 mV each leave out some 10 pA, ten times abstol.
  it('are within the tolerances of a verification', async () => {
    const { analyses } = await simulate(`${inverterChain(200)}\n.end\n`, { verify: true });
    const { points, currents, charges } = analyses[0].verification!;
    expect(points).toBeGreaterThan(100);
    expect(tolerancesOf(currents)).toBeLessThan(1);
    expect(tolerancesOf(charges)).toBeLessThan(1);
  });

  it('go on from a checkpoint with the same bits', () => {
    const system = systemOf(inverterChain(200));
    const context = new AnalysisContext(system, newStatistics(), []);
    const { steps, transient } = tran.start(context, system.circuit.analyses[0])!;
    const advance = (count: number): Float64Array => {
      for (let k = 0; k < count; k++) steps.next();
      return system.memory.values.slice();
    };
    advance(60);
    const checkpoint = transient!.checkpoint();
    const expected = advance(30);
    transient!.restore(checkpoint);
    const actual = advance(30);
    expect(actual.findIndex((value, k) => !Object.is(value, expected[k]))).toBe(-1);
  });

  it('are evaluated again when parameters change and when time begins anew', () => {
    const system = systemOf(inverterChain(200));
    const { memory } = system;
    const [group] = memory.groups.filter(({ kept }) => kept !== undefined);
    const holds = (): number => group.kept![0];
    memory.x.fill(0.1, 1);
    // Until limits have come to the voltages.
    while (system.evaluateTransient() > 0);
    expect(holds()).toBe(1);
    system.derive();
    expect(holds()).toBe(0);
    system.evaluateTransient();
    expect(holds()).toBe(1);
    system.evaluation.restored();
    expect(holds()).toBe(1);
    system.evaluation.invalidate();
    expect(holds()).toBe(0);
  });
});
