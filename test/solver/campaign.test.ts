import { describe, expect, test, vi } from 'vitest';
import { gaussian } from '../../src/base/index.js';
import { type RunRecord, runTable, summaries } from '../../src/jobs/index.js';
import { parseNetlist } from '../../src/netlist/index.js';
import { Campaign, type CampaignOptions } from '../../src/solver/index.js';
import { System } from '../../src/solver/system/system.js';
import { limitsOf } from '../../src/waveform/measures/index.js';

function campaign(text: string, options?: CampaignOptions): Campaign {
  const { deck, circuit, diagnostics } = parseNetlist(text);
  if (!circuit) throw new Error(diagnostics[0].message);
  return new Campaign(deck, circuit, {}, options);
}

async function records(of: Campaign): Promise<Map<number, RunRecord>> {
  const all = new Map<number, RunRecord>();
  for (const { index } of of.jobs) all.set(index, (await of.carryOut(index))!.record);
  return all;
}

const divider = (more = ''): string => `divider
.param r1v=agauss(1k,30,3) r2v=agauss(1k,30,3)
v1 in 0 1
r1 in out {r1v}
r2 out 0 {r2v}
.op
.meas op vout find v(out) atleast=0.495 atmost=0.505
.mc 1000 seed=11
${more}
.end
`;

describe('a Monte Carlo', () => {
  test('of a divider has the mean, the deviation and the yield of the closed form', async () => {
    const all = campaign(divider());
    const measures = all.circuit.measures.map((card) => ({
      name: card.name,
      limits: limitsOf(card),
    }));
    const table = runTable(all.jobs, await records(all), { title: '', seed: 11, measures });
    const [found] = summaries(table, () => '');
    expect(found.count).toBe(1000);
    // v = r2/(r1 + r2) with deviations s = 1 % of each: to first order σ = s·√2/4 = 0.0035355; the
    // next order is s² times that. The mean is 1/2 by symmetry.
    const sigma = (0.01 * Math.SQRT2) / 4;
    expect(Math.abs(found.mean!.value - 0.5)).toBeLessThan((4 * sigma) / Math.sqrt(1000));
    expect(Math.abs(found.sigma!.value - sigma)).toBeLessThan((4 * sigma) / Math.sqrt(2000));
    expect(found.mean!.interval![0]).toBeLessThan(0.5);
    expect(found.mean!.interval![1]).toBeGreaterThan(0.5);
    // Within ±0.005 = ±√2 σ: erf(1) = 0.842701.
    const [low, high] = found.yield!.interval!;
    expect(low).toBeLessThan(0.842701);
    expect(high).toBeGreaterThan(0.842701);
    expect(high - low).toBeLessThan(0.06);
  });

  test('gives a run the same result whatever was computed before', async () => {
    const forwards = campaign(divider());
    const backwards = campaign(divider());
    await backwards.carryOut(900);
    for (const index of [7, 3]) {
      const [a, b] = [await forwards.carryOut(index), await backwards.carryOut(index)];
      expect(b!.record.measures).toEqual(a!.record.measures);
    }
    expect((await campaign(divider(), { seed: 12 }).carryOut(7))!.record.measures).not.toEqual(
      (await forwards.carryOut(7))!.record.measures,
    );
  });

  test('fills a compiled system anew for each run, with the bits of a new one', async () => {
    // Junctions with limits, a state with a spread, held variables that are drawn at crossings, and
    // a junction whose structure a draw decides: with a series resistance of 0 it has no inner node.
    const text = `reused
v1 a 0 sin(0 1.5 1meg)
r1 a b 100
d1 b c m
r2 c 0 {gauss(1k,0.2,1)}
n1 a d ox
r3 d 0 {gauss(1k,0.2,1)}
.model m d(is=1f rs={limit(10,10)} cjo={gauss(1p,0.2,1)})
.model ox stanford(cycgmax=0.05n devi0=0.1)
.save v(c) v(d) @n1[g]
.tran 20n 2u
.mc 6 seed=4
.end
`;
    const columns = async (from: Campaign, index: number): Promise<Float64Array[]> =>
      (await from.carryOut(index))!.analyses[0].dataset.columns.map(({ real }) => real.slice());
    const made = vi.spyOn(System.prototype, 'beginAnew');
    const one = campaign(text);
    const order = [3, 0, 5, 1, 4, 2];
    const found = new Map<number, Float64Array[]>();
    for (const index of order) found.set(index, await columns(one, index));
    // Runs with and without that node need code of their own.
    const kept = made.mock.results.filter(({ value }) => value === true).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(5);
    made.mockRestore();
    for (const index of order)
      expect(await columns(campaign(text), index)).toEqual(found.get(index));
    // Two at a time.
    const pair = await Promise.all([columns(one, 1), columns(one, 2)]);
    expect(pair).toEqual([found.get(1), found.get(2)]);
  });

  test('nests in steps, corners and temperatures, with the same draws in each', async () => {
    const more = '.step param vs list 1 2\n.corner cold temp=-40 k=1\n.corner hot temp=125 k=2\n';
    const text = divider(more)
      .replace('v1 in 0 1', '.param vs=1 k=1\nv1 in 0 {vs*k}')
      .replace('.mc 1000', '.mc 3');
    const all = campaign(text);
    expect(all.jobs.length).toBe(12);
    const found = await records(all);
    const value = (index: number): number => found.get(index)!.measures.vout!;
    // Runs are the innermost loop; vout is proportional to vs·k.
    for (let run = 0; run < 3; run++) {
      expect(value(3 + run)).toBeCloseTo(2 * value(run), 12);
      expect(value(9 + run)).toBeCloseTo(4 * value(run), 12);
    }
    expect(all.jobs.at(10)).toMatchObject({ name: 'run=2 vs=2 corner=hot', corner: 'hot' });
    expect(all.stepName(10)).toBe('vs=2 corner=hot');
  });

  test('a step of a model card replaces what its tolerance would draw', async () => {
    const text = `stepped card
v1 in 0 1
r1 in out 1k
r2 out 0 m
.model m res(r=1k dev=5% lot=5% tc1=1m)
.step m(r) list 1k 3k
.op
.meas op vout find v(out)
.mc 2
.end
`;
    const found = await records(campaign(text));
    // 1/2 and 3/4 at 27 °C.
    expect([...found.values()].map(({ measures }) => measures.vout)).toEqual(
      [0.5, 0.5, 0.75, 0.75].map((v) => expect.closeTo(v, 9) as number),
    );
  });

  test('leaves the deck alone where nothing is asked for', async () => {
    const all = campaign(divider().replace(/\.mc.*/, '.temp 27 50'));
    expect(all.jobs.length).toBe(2);
    const { record } = (await all.carryOut(1))!;
    // Equal resistors halve 1 V.
    expect(record.measures.vout).toBeCloseTo(0.5, 9);
    expect(record.drawn).toEqual({});
  });

  test('a run that cannot be carried out says why, and the others go on', async () => {
    // A capacitance of 1 pF ± 1 pF·z: negative for z < −1, where the instance is refused.
    const text = `failing\n.param c=1p\nv1 a 0 1\nr1 a b 1k\nd1 b 0 m\n.model m d(cjo={agauss(1p,1p,1)})\n.op\n.meas op vb find v(b)\n.mc 40\n.end\n`;
    const found = [...(await records(campaign(text))).values()];
    const failed = found.filter(({ status }) => status === 'failed');
    // Some, and not all: P(z < −1) = 0.159.
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(20);
    expect(failed[0].problems[0]).toContain("'cjo' must lie in");
    expect(found.filter(({ measures }) => typeof measures.vb === 'number').length).toBe(
      40 - failed.length,
    );
  });

  test('devices draw by the seed, the run and their names', async () => {
    const deck = (more = ''): string =>
      `devices\nv1 a 0 0.1\nn1 a 0 m\nn2 a 0 m\n${more}.model m pku(devi0=0.2)\n.op\n.meas op i find i(v1)\n.mc 5 seed=3\n.end\n`;
    const all = campaign(deck());
    const [first, third] = [(await all.carryOut(0))!.record, (await all.carryOut(2))!.record];
    // The stream's own definition.
    const key = { seed: 3, run: 3, instance: 'n2', draw: 'i0', event: 0 };
    expect(third.drawn['@n2[draw i0]']).toBe(gaussian(key));
    expect(Object.keys(third.drawn)).toContain('@n1[draw i0]');
    expect(third.measures.i).not.toBe(first.measures.i);
    const other = (await campaign(deck('n0 a 0 m\n')).carryOut(2))!.record;
    expect(other.drawn).toMatchObject(third.drawn);
  });

  test('a measure without a value is said to have none', async () => {
    const text = divider('.meas op never find v(nowhere)').replace('.mc 1000', '.mc 1');
    await expect(Promise.resolve().then(() => campaign(text))).rejects.toThrow('nowhere');
    const late = divider('.dc v1 0 1 0.5\n.meas dc never when v(out)=7').replace(
      '.mc 1000',
      '.mc 1',
    );
    const { record } = (await campaign(late).carryOut(0))!;
    expect(record.status).toBe('done');
    expect(record.measures.never).toBeNull();
    expect(record.problems[0]).toContain("measure 'never'");
  });
});
