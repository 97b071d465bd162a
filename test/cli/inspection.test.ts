import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

/** A rectifier, whose diode makes Newton work; the pulse has corners. */
const rectifier = `rectifier
v1 a 0 pulse(0 5 1u 0.1u 0.1u 5u 10u)
d1 a b dm
c1 b 0 1n
r1 b 0 1k
.model dm d(is=1f rs=10 cjo=10p)
.op
.tran 0.1u 12u
.end
`;

async function runWith(...args: string[]) {
  const folder = folderWith({ 'deck.cir': rectifier });
  const result = await capture(['run', join(folder, 'deck.cir'), ...args]);
  const table = (name: string): Record<string, string>[] => {
    const text = readFileSync(join(folder, 'deck.out', name), 'utf8');
    const [head, ...rows] = text.trimEnd().split('\n');
    const columns = head.split(',');
    return rows.map((row) => {
      const cells = row.split(',');
      expect(cells).toHaveLength(columns.length);
      return Object.fromEntries(columns.map((column, k) => [column, cells[k]]));
    });
  };
  return { ...result, table };
}

describe('--trace', () => {
  test('step writes every step that was tried', async () => {
    const { code, err, out, table } = await runWith('--trace', 'step');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('deck.step.csv');
    const rows = table('deck.step.csv');
    expect(new Set(rows.map(({ analysis }) => analysis))).toEqual(new Set(['2 tran']));
    const corners = rows.filter(({ verdict }) => verdict === 'corner').map(({ time }) => +time);
    // The first pulse begins at 1 µs, takes 0.1 µs, lasts 5 µs and ends within 0.1 µs.
    for (const [k, corner] of [1e-6, 1.1e-6, 6.1e-6, 6.2e-6, 11e-6].entries())
      expect(Math.abs(corners[k] - corner)).toBeLessThan(1e-15);
    const accepted = rows.filter(({ verdict }) => verdict === 'accepted');
    expect(accepted.length).toBeGreaterThan(50);
    for (const row of accepted)
      if (row['error/tolerance'] !== '') expect(+row['error/tolerance']).toBeLessThan(1.4);
    for (const row of rows.filter(({ verdict }) => verdict === 'error'))
      expect(+row['error/tolerance']).toBeGreaterThan(1);
  });

  test('newton writes every iteration, of operating points and steps', async () => {
    const { code, table } = await runWith('--trace', 'newton', '-v');
    expect(code).toBe(0);
    const rows = table('deck.newton.csv');
    expect(new Set(rows.map(({ way }) => way))).toEqual(new Set(['Newton', 'time step']));
    const converged = rows.filter(({ verdict }) => verdict === 'converged');
    expect(converged.length).toBeGreaterThan(60);
    // A solution's last change is within its tolerance. In time that may be so for unknowns of devices
    // alone that are not linear: the others follow exactly.
    for (const row of converged)
      if (row.way === 'Newton') expect(+row['change/tolerance']).toBeLessThanOrEqual(1);
    expect(rows[0]).toMatchObject({ analysis: '1 op', time: '0', iteration: '1' });
    const last = rows.at(-1)!;
    expect(+last.time).toBe(12e-6);
    expect(+last.parameter).toBeGreaterThan(0);
  });

  test('anything else is a mistake', async () => {
    const { code, err } = await runWith('--trace', 'steps');
    expect(code).toBe(2);
    expect(err).toContain("did you mean 'step'?");
  });
});

describe('--verify', () => {
  test('tells the largest imbalance of each analysis', async () => {
    const { code, out, err } = await runWith('--verify');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /verified 1 point\n {2}largest imbalance of equations: .* of its tolerance/,
    );
    expect(out).toMatch(/verified \d{2,} points\n/);
    expect(out).toMatch(/largest imbalance of charges: .* in (c1|d1) at .*s, .* of its tolerance/);
  });
});
