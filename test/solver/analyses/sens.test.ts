import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/waveform/index.js';
import { runCards } from '../elements/run-cards.js';

function complexOf(dataset: Dataset, name: string): [number, number] {
  const column = dataset.get(name);
  if (!column) throw new Error(`no column '${name}'`);
  return [column.real[0], column.imaginary?.[0] ?? 0];
}

const tight = '.options reltol=1e-9 abstol=1e-16 vntol=1e-12';

/**
 * The sensitivities of a deck beside differences of solutions. `{name}` in a card stands for a value
 * that varies; the differences are central, with a relative step of 1e-4, so that they are right to
 * about 1e-7.
 */
async function besideDifferences(
  cards: readonly string[],
  values: Readonly<Record<string, number>>,
  columns: Readonly<Record<string, string>>,
  analysis: { readonly sens: string; readonly plain: string; readonly output: string },
): Promise<[name: string, exact: [number, number], difference: [number, number]][]> {
  const filled = (changed: Readonly<Record<string, number>>): string[] =>
    cards.map((card) => card.replace(/\{(\w+)\}/g, (_, name: string) => String(changed[name])));
  const [exact] = await runCards(...filled(values), tight, analysis.sens);
  const rows: [string, [number, number], [number, number]][] = [];
  for (const [name, value] of Object.entries(values)) {
    const step = 1e-4 * Math.abs(value);
    const sides: [number, number][] = [];
    for (const sign of [1, -1]) {
      const changed = { ...values, [name]: value + sign * step };
      const [plain] = await runCards(...filled(changed), tight, analysis.plain);
      sides.push(complexOf(plain, analysis.output));
    }
    const [[a, b], [c, d]] = sides;
    const difference: [number, number] = [(a - c) / (2 * step), (b - d) / (2 * step)];
    rows.push([name, complexOf(exact, columns[name]), difference]);
  }
  return rows;
}

function expectAgreement(
  rows: [name: string, exact: [number, number], difference: [number, number]][],
): void {
  for (const [name, [a, b], [c, d]] of rows)
    expect(Math.hypot(a - c, b - d) / Math.hypot(c, d), name).toBeLessThan(2e-6);
}

const stage = [
  'vdd vdd 0 {vdd}',
  'vin in 0 dc {vin} ac 1',
  'rg in g {rg}',
  'm1 d g s 0 nm w={w} l=1u m={m}',
  'rs s 0 {rs}',
  'd1 vdd x dm area={area}',
  'rd x d {rd}',
  'c1 d 0 {c}',
  '.model nm nmos vto={vto} kp=1e-4 lambda={lambda} gamma=0.3 cgso=1n cgdo=2n cj=1e-4 rd=10',
  '.model dm d is={is} n=1.2 tt={tt} cjo=1p rs=2',
];
const values = {
  ...{ vdd: 5, vin: 1.4, rg: 1e3, w: 1e-5, m: 2, rs: 500, area: 1.5, rd: 4e3, c: 1e-10 },
  ...{ vto: 0.6, lambda: 0.02, is: 1e-14, tt: 1e-7 },
};
const columns = {
  ...{ vdd: 'vdd', vin: 'vin', rg: 'rg', w: 'm1_w', m: 'm1_m', rs: 'rs', area: 'd1_area' },
  ...{ rd: 'rd', c: 'c1', vto: 'm1:vto', lambda: 'm1:lambda', is: 'd1:is', tt: 'd1:tt' },
};

describe('.sens', () => {
  it('gives a divider its derivatives', async () => {
    const [dataset] = await runCards('v1 in 0 10', 'r1 in out 1k', 'r2 out 0 4k', '.sens v(out)');
    // out = v·r2/(r1 + r2)
    expect(dataset.get('v1')!.real[0]).toBeCloseTo(0.8, 12);
    expect(dataset.get('r1')!.real[0]).toBeCloseTo((-10 * 4e3) / 25e6, 15);
    expect(dataset.get('r2')!.real[0]).toBeCloseTo((10 * 1e3) / 25e6, 15);
    expect(dataset.get('r1')!.quantity.unit).toBe('V/Ω');
    expect(dataset.get('r1_m')!.real[0]).toBeCloseTo((10 * 4e3 * 1e3) / 25e6, 12);
  });

  it('agrees with differences at dc, for sources, instances and cards', async () => {
    const dynamic = new Set(['c', 'tt', 'rg']); // no part at dc
    const still = Object.fromEntries(Object.entries(values).filter(([name]) => !dynamic.has(name)));
    const cards = stage.map((card) =>
      card.replace('{c}', '1e-10').replace('{tt}', '1e-7').replace('{rg}', '1e3'),
    );
    const analysis = { sens: '.sens v(d,s)', plain: '.op', output: 'v(d,s)' };
    const rows = await besideDifferences(cards, still, columns, analysis);
    expect(rows).toHaveLength(10);
    expectAgreement(rows);
  });

  it('agrees with differences over frequency, by way of the operating point too', async () => {
    const analysis = {
      sens: '.sens v(d) ac lin 1 3e6 3e6',
      plain: '.ac lin 1 3e6 3e6',
      output: 'v(d)',
    };
    const rows = await besideDifferences(stage, values, columns, analysis);
    expect(rows).toHaveLength(13);
    expectAgreement(rows);
  });

  it('knows the temperature of each device', async () => {
    const cards = ['v1 in 0 1', 'r1 in out 1k', 'd1 out 0 dm temp={t}', '.model dm d is=1e-14'];
    const analysis = { sens: '.sens i(v1)', plain: '.op', output: 'i(v1)' };
    expectAgreement(await besideDifferences(cards, { t: 40 }, { t: 'd1_temp' }, analysis));
  });

  it('follows an inductance into the couplings that work on it', async () => {
    const cards = [
      'v1 in 0 dc 1 ac 1',
      'r1 in a {r}',
      'l1 a 0 {l1}',
      'l2 b 0 {l2}',
      'k1 l1 l2 {k}',
      'r2 b 0 2k',
    ];
    const own = { r: 1e3, l1: 1e-3, l2: 2e-3, k: 0.9 };
    const names = { r: 'r1', l1: 'l1', l2: 'l2', k: 'k1' };
    const analysis = {
      sens: '.sens v(b) ac lin 1 100k 100k',
      plain: '.ac lin 1 100k 100k',
      output: 'v(b)',
    };
    expectAgreement(await besideDifferences(cards, own, names, analysis));
  });

  it('tells the derivatives by magnitude and phase of a source', async () => {
    const [dataset] = await runCards(
      'v1 in 0 ac 2 30',
      'r1 in out 1k',
      'c1 out 0 1n',
      '.sens v(out) ac lin 1 1 1',
    );
    // Far below the corner out = 2·e^(jπ/6).
    const [re, im] = complexOf(dataset, 'v1_acmag');
    expect(re).toBeCloseTo(Math.cos(Math.PI / 6), 4);
    expect(im).toBeCloseTo(Math.sin(Math.PI / 6), 4);
    const [reByPhase, imByPhase] = complexOf(dataset, 'v1_acphase');
    expect(reByPhase).toBeCloseTo((-2 * Math.sin(Math.PI / 6) * Math.PI) / 180, 6);
    expect(imByPhase).toBeCloseTo((2 * Math.cos(Math.PI / 6) * Math.PI) / 180, 6);
  });
});
