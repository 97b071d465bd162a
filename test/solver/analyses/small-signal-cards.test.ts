import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

const deck = ['v1 in 0 1 ac 1', 'r1 in out 1k', 'r2 out 0 1k', 'l1 out x 1m', 'r3 x 0 1k'];

describe('cards of small-signal analyses', () => {
  it.each([
    ['.noise', '.noise looks at v(node) or v(a,b)'],
    ['.noise i(v1) v1 dec 1 1 10', '.noise looks at v(node) or v(a,b)'],
    ['.noise v(out,in,x) v1 dec 1 1 10', '.noise looks at v(node) or v(a,b)'],
    ['.noise v(outt) v1 dec 1 1 10', "there is no node 'outt'"],
    ['.noise v(out)', '.noise lacks the source that it takes as input'],
    ['.noise v(out) r1 dec 1 1 10', "there is no independent source 'r1'"],
    ['.noise v(out) v1', '.noise has dec, oct or lin before its frequencies'],
    ['.noise v(out) v1 dec 1 1', '.noise lacks fstop, the last frequency'],
    ['.noise v(out) v1 dec 1 0 10', 'dec needs an fstart above 0'],
    ['.noise v(out) v1 dec 1 1 10 2 3', ".noise has no use for '3'"],
    ['.noise v(out) v1 dec 1 1 10 -1', 'pointsPerSummary of .noise must lie in'],
    ['.tf v(out) v2', "there is no independent source 'v2'"],
    ['.tf i(r1) v1', "the current of 'r1' is not an unknown"],
    ['.tf v(out) v1 v1', ".tf has no use for 'v1'"],
    ['.sens', '.sens looks at v(node), v(a,b) or i(vsource)'],
    ['.sens v(out) tran', ".sens has no use for 'tran'"],
    ['.sens v(out) dc 3', ".sens has no use for '3'"],
    ['.sens v(out) ac', '.sens has dec, oct or lin before its frequencies'],
  ])('%s: %s', async (card, message) => {
    const { diagnostics, analyses } = await simulate(['title', ...deck, card, '.end'].join('\n'));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0].message).toContain(message);
    expect(diagnostics[0].help?.length).toBeGreaterThan(0);
    expect(analyses).toEqual([]);
  });

  it.each(['.tf i(l1) v1', '.sens i(l1)', '.sens v(out,in) dc', '.tf v(0,out) v1'])(
    'takes %s',
    async (card) => {
      const { diagnostics, analyses } = await simulate(['title', ...deck, card, '.end'].join('\n'));
      expect(diagnostics).toEqual([]);
      expect(analyses[0].completed).toBe(true);
    },
  );

  it('repeats an analysis for steps and temperatures', async () => {
    const { analyses, diagnostics } = await simulate(
      [
        ...['title', '.param r=1k', 'v1 a 0 ac 1', 'r1 a b {r}', 'r2 b 0 1k', 'c1 b 0 1n'],
        ...['.noise v(b) v1 dec 1 1 10', '.tf v(b) v1', '.sens v(b)', '.pz a 0 b 0 vol pol'],
        ...['.step param r list 1k 3k', '.temp 27 327', '.end'],
      ].join('\n'),
    );
    expect(diagnostics).toEqual([]);
    const of = (kind: string) =>
      analyses.filter((each) => each.kind === kind).map(({ dataset }) => dataset.columns);
    // 1/2 and 1/4; −1/(C·(r ∥ 1k)); 4kT·(r ∥ 1k), which grows with the square root of T.
    expect(of('tf').map(([gain]) => gain.real[0])).toEqual([0.5, 0.5, 0.25, 0.25]);
    of('pz').forEach(([pole], k) => {
      expect(pole.real[0]).toBeCloseTo(k < 2 ? -2e6 : -4e6 / 3, 4);
    });
    const [room, hot] = of('noise').map((columns) => columns[1].real[0]);
    expect(hot / room).toBeCloseTo(Math.sqrt(600.15 / 300.15), 9);
    expect(of('integrated-noise')).toHaveLength(4);
    expect(of('sens')).toHaveLength(4);
  });
});
