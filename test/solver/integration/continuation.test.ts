import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseNetlist } from '../../../src/netlist/index.js';
import { AnalysisContext, type AnalysisRun } from '../../../src/solver/analyses/analysis.js';
import { tran } from '../../../src/solver/analyses/tran.js';
import type { Transient } from '../../../src/solver/index.js';
import { MarchKernel } from '../../../src/solver/integration/march-kernel.js';
import { NewtonKernel } from '../../../src/solver/newton/newton-kernel.js';
import { bindOptions } from '../../../src/solver/options.js';
import { compileInstance } from '../../../src/solver/simulate.js';
import { newStatistics } from '../../../src/solver/statistics.js';
import { System } from '../../../src/solver/system/system.js';
import type { Dataset } from '../../../src/waveform/index.js';

/**
 * Runs of some hundred points, in which the code that iterates in one piece takes over after the
 * first forty: the same bits every time, and from every checkpoint.
 */
const circuits: Readonly<Record<string, string>> = {
  'a linear circuit': `ladder
v1 a 0 sin(0 1 100k) 
r1 a b 1k
c1 b 0 1n
r2 b c 2k
c2 c 0 500p
l1 c d 1m
r3 d 0 1k
.tran 0.1u 60u 0 0.1u`,
  'diodes and a switch': `rectifier with a switch
v1 a 0 sin(0 5 200k)
r1 a b 50
d1 b c dm
r2 c 0 10k
c1 c 0 1n
s1 c e a 0 sw
r3 e 0 2k
.model dm d(is=1f rs=5 cjo=4p tt=5n)
.model sw sw(vt=3 vh=0.5 ron=100 roff=1meg)
.tran 0.05u 30u`,
  'diodes with internal nodes': `doubler
v1 a 0 sin(0 5 200k)
c1 a b 1n
d1 0 b dm
d2 b c dm
c2 c 0 1n
r1 c 0 10k
.model dm d(is=1f rs=5 cjo=4p tt=5n)
.tran 0.05u 30u`,
  transistors: `ring of three, loaded
vdd vdd 0 3
m1 b a vdd vdd mp w=4u l=1u
m2 b a 0 0 mn w=2u l=1u
m3 c b vdd vdd mp w=4u l=1u
m4 c b 0 0 mn w=2u l=1u
m5 a c vdd vdd mp w=4u l=1u
m6 a c 0 0 mn w=2u l=1u
c1 a 0 20f
c2 b 0 20f
c3 c 0 20f
q1 d a e qn
r1 vdd d 10k
r2 e 0 10k
.model mn nmos(vto=0.7 kp=100u cgso=0.2n cgdo=0.2n tox=10n)
.model mp pmos(vto=-0.7 kp=40u cgso=0.2n cgdo=0.2n tox=10n)
.model qn npn(bf=100 cje=0.1p cjc=0.1p tf=10p)
.ic v(a)=0
.tran 0.02n 10n`,
  // Currents of 1e-13 V, the last bit of 300 V, across 10 mohm exceed abstol: rounding is all that is left.
  'high voltages': `stack of diodes
v1 n0 0 sin(300 20 50k)
r1 n0 n1 10m
d1 n1 n2 dm
d2 n2 n3 dm
r2 n3 n4 10m
c1 n4 0 1n
r3 n4 0 1k
s1 n4 e n4 0 sw
r4 e 0 1k
.model dm d(is=1f rs=10m cjo=4p tt=5n)
.model sw sw(vt=300 vh=5 ron=1 roff=1meg)
.tran 0.1u 60u`,
  'a state': `memristor
v1 a 0 sin(0 0.8 1k)
r1 a b 100
n1 b 0 m1
.model m1 team(ron=100 roff=200k koff=1e-7 kon=-1e-7 ioff=1u ion=-1u alphaoff=2 alphaon=2 xon=0 xoff=3n s0=0.5)
.tran 5u 2m`,
};

function start(deck: string, option: string): AnalysisRun {
  const { circuit, diagnostics } = parseNetlist(`${deck}\n${option}\n.end\n`);
  expect(diagnostics).toEqual([]);
  const system = new System(circuit!, bindOptions(circuit!.options, []), compileInstance);
  const context = new AnalysisContext(system, newStatistics(), []);
  return tran.start(context, circuit!.analyses[0])!;
}

function finish({ steps }: AnalysisRun, count = 1): void {
  for (;;) {
    const { done, value } = steps.next(count);
    if (!done) continue;
    expect(value).toBeUndefined();
    return;
  }
}

function advance(transient: Transient): void {
  let last = transient.advance();
  while (last.kind === 'points') last = transient.advance();
  expect(last.kind).toBe('end');
}

function expectSameBits(actual: Dataset, expected: Dataset, from = 0): void {
  expected.columns.forEach((column, c) => {
    expect(actual.columns[c].real).toEqual(column.real.slice(from));
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(Object.entries(circuits))('%s', (_, deck) => {
  describe.each(['trap', 'gear', 'trbdf2'])('by method=%s', (method) => {
    const option = `.options method=${method}`;

    it('has the same bits again, iterating in one piece', () => {
      const made = vi.spyOn(NewtonKernel, 'of');
      const [first, second] = [1, 2].map(() => {
        const run = start(deck, option);
        finish(run);
        return run.dataset.snapshot();
      });
      expect(first.length).toBeGreaterThan(150);
      expectSameBits(second, first);
      const kernels = made.mock.results.filter(({ value }) => value !== undefined);
      expect(kernels.length).toBeGreaterThanOrEqual(2);
    });

    it('has the same bits however many steps are asked for at once', () => {
      const march = vi.spyOn(MarchKernel.prototype, 'advance');
      const [single, many] = [1, 50].map((count) => {
        const run = start(deck, option);
        finish(run, count);
        return run;
      });
      const [one, other] = [single, many].map(({ dataset }) => dataset.snapshot());
      expectSameBits(other, one);
      one.columns.forEach(({ slope }, c) => {
        expect(other.columns[c].slope).toEqual(slope);
      });
      expect(many.transient!.log.last().map(({ time }) => time)).toEqual(
        single.transient!.log.last().map(({ time }) => time),
      );
      // Stages and switches ask for steps one by one.
      const plain = method !== 'trbdf2' && !deck.includes(' sw(');
      expect(march.mock.results.some(({ value }) => value > 10)).toBe(plain);
    });

    it('has the same bits with and without code that iterates in one piece', () => {
      const one = start(deck, option);
      finish(one);
      vi.spyOn(NewtonKernel, 'of').mockReturnValue(undefined);
      const other = start(deck, option);
      finish(other);
      expectSameBits(other.dataset.snapshot(), one.dataset.snapshot());
    });

    it.each([20, 100, 137])('goes on from a checkpoint after %i steps with the same bits', (at) => {
      const run = start(deck, option);
      for (let k = 0; k <= at; k++) expect(run.steps.next().done).toBe(false);
      const transient = run.transient!;
      const checkpoint = transient.checkpoint();
      const before = run.dataset.length;
      finish(run);
      const whole = run.dataset.snapshot();
      const rest = whole.length - before;
      expect(rest).toBeGreaterThan(20);
      // In the same run, whose kernels are made already, and in another, where they are not.
      transient.restore(checkpoint);
      advance(transient);
      const again = run.dataset.snapshot();
      expect(again.length).toBe(whole.length + rest);
      whole.columns.forEach((column, c) => {
        expect(again.columns[c].real.slice(whole.length)).toEqual(column.real.slice(before));
      });
      const fresh = start(deck, option);
      fresh.steps.next();
      const skipped = fresh.dataset.length;
      fresh.transient!.restore(checkpoint);
      advance(fresh.transient!);
      const other = fresh.dataset.snapshot();
      whole.columns.forEach((column, c) => {
        expect(other.columns[c].real.slice(skipped)).toEqual(column.real.slice(before));
      });
    });
  });
});
