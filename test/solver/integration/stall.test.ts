import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

describe('a transient that stalls', () => {
  it('names node and device, and tells what step control saw', async () => {
    // Above 0.5 V at a the source takes the milliampere that brings a below: there is no solution
    // from v(s) = 0.5 V on, at half of the time.
    const { analyses, diagnostics } = await simulate(
      'no way out\nv1 s 0 pwl(0 0 1m 1)\nr1 s a 1k\nb1 a 0 i=v(a)>0.5?1m:0\n.tran 10u 1m\n.end\n',
    );
    const [{ code, message, notes = [] }] = diagnostics;
    expect(code).toBe('S401');
    expect(message).toMatch(
      /at t = 500\.0 µs with the smallest step, .*; the worst unknown is v\(a\)/,
    );
    const text = notes.join('\n');
    expect(text).toMatch(/v\(a\): residual .*, tolerance .*; last change .*, tolerance/);
    expect(text).toMatch(/at v\(a\) meet: .*'b1'/);
    expect(text).toMatch(
      /until then \d+ points; rejected: \d+ steps by their error, \d+ by Newton/,
    );
    expect(notes.filter((note) => note.startsWith('step of '))).toHaveLength(5);
    expect(notes.at(-1)).toMatch(/at v\(a\): rejected, Newton does not converge/);
    expect(analyses[0].completed).toBe(false);
    expect(analyses[0].dataset.scale.real.at(-1)).toBeCloseTo(0.5e-3, 8);
  });

  it('points at the device whose equation has no value', async () => {
    const { diagnostics } = await simulate(
      'root\nv1 s 0 pwl(0 1 1m -1)\nr1 s a 1k\nb1 a 0 i=1m*sqrt(v(s))\nc1 a 0 1n\n.tran 10u 1m\n.end\n',
    );
    expect(diagnostics[0].code).toBe('S401');
    // First of what meets there.
    expect(diagnostics[0].notes!.join('\n')).toMatch(/at v\(a\) meet: 'b1' NaN A/);
  });
});
