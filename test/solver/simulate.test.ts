import { describe, expect, it } from 'vitest';
import { simulate, simulateStream } from '../../src/solver/simulate.js';

const deck = (body: string) => `test\n${body}\n.end\n`;

describe('simulate', () => {
  it('runs all analyses of a deck in order and names columns as ngspice', async () => {
    const { analyses, diagnostics, statistics } = await simulate(
      deck('v1 in 0 dc 1 ac 1\nr1 in out 1k\nc1 out 0 1n\n.op\n.ac dec 1 1k 10k\n.tran 1u 5u'),
    );
    expect(diagnostics).toEqual([]);
    expect(analyses.map(({ kind, completed }) => [kind, completed])).toEqual([
      ['op', true],
      ['ac', true],
      ['tran', true],
    ]);
    const names = analyses[2].dataset.columns.map(({ name }) => name);
    expect(names).toEqual(['time', 'v(in)', 'v(out)', 'i(v1)']);
    expect(statistics.acceptedPoints).toBeGreaterThan(10);
    expect(statistics.seconds.total).toBeGreaterThan(0);
  });

  it('puts the time back to zero for an operating point behind a transient', async () => {
    const { analyses } = await simulate(deck('b1 a 0 v=time*1e6\nr1 a 0 1\n.tran 1u 10u\n.op'));
    // 1 V/µs·10 µs at the end, nothing at t = 0.
    expect(analyses[0].dataset.get('v(a)')!.real.at(-1)).toBeCloseTo(10, 9);
    expect(analyses[1].dataset.get('v(a)')!.real[0]).toBe(0);
  });

  it('goes on with the next analysis when one fails', async () => {
    const { analyses, diagnostics } = await simulate(
      deck('v1 in 0 1\nr1 in 0 1k\n.dc v2 0 1 0.1\n.op'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['S112']);
    expect(analyses.map(({ kind, completed }) => [kind, completed])).toEqual([['op', true]]);
  });

  it('saves what .save asks for, and quantities of devices', async () => {
    const { analyses } = await simulate(
      deck('v1 a 0 5\nr1 a b 1k\nr2 b 0 1k\n.save v(b) @r1[i] i(v1)\n.op'),
    );
    const { dataset } = analyses[0];
    expect(dataset.columns.map(({ name }) => name)).toEqual(['v(b)', '@r1[i]', 'i(v1)']);
    expect(dataset.columns[1].real[0]).toBeCloseTo(2.5e-3, 15);
    expect(dataset.columns[2].real[0]).toBeCloseTo(-2.5e-3, 15);
  });

  it('tells what .ac has no value of', async () => {
    const { analyses, diagnostics } = await simulate(
      deck('v1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n.save v(b) i(r1) @r2[p]\n.op\n.ac lin 1 1 1'),
    );
    expect(analyses[0].dataset.columns.map(({ name }) => name)).toEqual([
      'v(b)',
      'i(r1)',
      '@r2[p]',
    ]);
    expect(analyses[1].dataset.columns.map(({ name }) => name)).toEqual(['frequency', 'v(b)']);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['S122', 'i(r1) is not an unknown: .ac has no value of it'],
      ['S122', '@r2[p] is not an unknown: .ac has no value of it'],
    ]);
  });

  it('reserves room for the points that there will be', async () => {
    const { analyses } = await simulate(
      deck(
        'v1 a 0 dc 1 ac 1\nr1 a 0 1k\n.op\n.dc v1 0 1 0.5 r1 1k 2k 1k\n.ac lin 7 1 7\n.tran 1u 5u',
      ),
    );
    const [op, dc, ac, tran] = analyses.map(({ dataset }) => {
      const { real } = dataset.columns[0];
      return [dataset.length, real.buffer.byteLength / real.BYTES_PER_ELEMENT];
    });
    expect(op).toEqual([1, 1]);
    expect(dc).toEqual([6, 6]);
    expect(ac).toEqual([7, 7]);
    const [length, capacity] = tran;
    // 1.02·tstop / tmax, doubled as often as needed.
    expect(capacity).toBe(51 * 2 ** Math.max(0, Math.ceil(Math.log2(length / 51))));
  });

  it('repeats all analyses for every .temp', async () => {
    const { analyses } = await simulate(deck('i1 0 a 1m\nr1 a 0 1k tc1=0.01\n.op\n.temp 27 37'));
    expect(analyses.map(({ temperature }) => temperature)).toEqual([27, 37]);
    const voltages = analyses.map(({ dataset }) => dataset.get('v(a)')!.real[0]);
    expect(voltages[0]).toBeCloseTo(1, 12);
    expect(voltages[1]).toBeCloseTo(1.1, 12);
  });

  it('sweeps a .param by expanding the deck again', async () => {
    const { analyses, diagnostics } = await simulate(
      deck('.param load=1k\nv1 a 0 2\nr1 a b 1k\nr2 b 0 {load}\n.dc load 1k 3k 2k'),
    );
    expect(diagnostics).toEqual([]);
    expect(analyses[0].dataset.get('v(b)')!.real[0]).toBeCloseTo(1, 12);
    expect(analyses[0].dataset.get('v(b)')!.real[1]).toBeCloseTo(1.5, 12);
  });

  it('sweeps a .param inside another sweep', async () => {
    const swept = async (card: string) => {
      const circuit = '.param load=1k gain=1\nv1 a 0 5\nr1 a b 1k\nr2 b 0 {load/gain}\n';
      const { analyses } = await simulate(deck(`${circuit}${card}`));
      return [...analyses[0].dataset.get('v(b)')!.real];
    };
    // v·load/(load + gain·1k).
    const within = await swept('.dc load 1k 3k 2k v1 1 2 1');
    [0.5, 0.75, 1, 1.5].forEach((v, k) => {
      expect(within[k]).toBeCloseTo(v, 10);
    });
    const both = await swept('.dc load 1k 3k 2k gain 1 3 2');
    [2.5, 3.75, 1.25, 2.5].forEach((v, k) => {
      expect(both[k]).toBeCloseTo(v, 10);
    });
    const resistances = await swept('.dc load 1k 3k 2k r1 1k 3k 2k');
    [2.5, 3.75, 1.25, 2.5].forEach((v, k) => {
      expect(resistances[k]).toBeCloseTo(v, 10);
    });
  });

  it('keeps what was computed when a run fails on the way', async () => {
    // A current that grows to 2 mA has nowhere to go once it passes 1 mA, at 0.5 µs.
    const { analyses, diagnostics } = await simulate(
      deck('i1 0 a pwl(0 0 1u 2m)\nb1 a 0 i=1m*tanh(v(a))\n.tran 10n 1u'),
    );
    expect(diagnostics[0].code).toMatch(/S401|S303/);
    expect(diagnostics[0].message).toContain('v(a)');
    expect(analyses[0].completed).toBe(false);
    expect(analyses[0].dataset.scale.real.at(-1)).toBeGreaterThan(0.49e-6);
    expect(analyses[0].dataset.scale.real.at(-1)).toBeLessThan(0.51e-6);
  });

  it('takes a jump that no step resolves as one, counts it, and controls errors behind it', async () => {
    const { analyses, statistics } = await simulate(
      deck(
        'v1 a 0 sin(0 1 1k)\nb1 c 0 v=v(a)>0.3?1:0\nc2 c 0 1n\nr1 c d 1k\nc1 d 0 10n\n.tran 10u 0.4m',
      ),
    );
    expect(statistics.discontinuities).toBe(1);
    // sin passes 0.3 at t0; then v(d) = 1 − exp(−(t − t0)/10 µs).
    const t0 = Math.asin(0.3) / (2 * Math.PI * 1e3);
    const { dataset } = analyses[0];
    const d = dataset.get('v(d)')!.real;
    dataset.scale.real.forEach((t, k) => {
      const exact = t < t0 ? 0 : -Math.expm1(-(t - t0) / 1e-5);
      expect(Math.abs(d[k] - exact)).toBeLessThan(1e-3);
    });
  });

  it('streams progress and stops when it is told to, with partial data', async () => {
    const controller = new AbortController();
    const stream = simulateStream(
      deck('v1 a 0 sin(0 1 1k)\nr1 a b 1k\nc1 b 0 1u\n.tran 1u 100 0 1u'),
      { signal: controller.signal },
    );
    let lengths = 0;
    let next = await stream.next();
    while (!next.done) {
      if (next.value.kind === 'progress') {
        lengths = next.value.snapshot().length;
        if (lengths > 10) controller.abort();
      }
      next = await stream.next();
    }
    expect(lengths).toBeGreaterThan(10);
    const [result] = next.value.analyses;
    expect(result.completed).toBe(false);
    expect(result.dataset.length).toBeGreaterThanOrEqual(lengths);
  });

  it('gives diagnostics instead of exceptions for decks that make no sense', async () => {
    const { circuit, analyses, diagnostics } = await simulate(deck('r1 a 0\n.op'));
    expect(circuit).toBeUndefined();
    expect(analyses).toEqual([]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it('refuses a reference to an element without a branch current', async () => {
    const { diagnostics } = await simulate(
      deck('v1 a 0 1\nr1 a 0 1k\nf1 b 0 r1 2\nr2 b 0 1k\n.op'),
    );
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
