import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Array2t2rOptions, generateArray2t2r } from '../../../src/arch/index.js';
import { DiagnosticError } from '../../../src/base/index.js';
import { measureAnalyses, simulate } from '../../../src/solver/index.js';
import { circuitsFolder, includeReader } from '../../circuits/simulate-deck.js';

const library = join(circuitsFolder, 'weak-reset-network');

type Wanted = Partial<Array2t2rOptions> & Pick<Array2t2rOptions, 'rows' | 'columns'>;

/** By name of the measure: what a sense amplifier says, and the weight that it reads. */
async function reads(wanted: Wanted): Promise<{ name: string; q: number; weight: number }[]> {
  const { text, weights } = generateArray2t2r({ library, ...wanted });
  const { circuit, analyses, diagnostics } = await simulate(text, {
    name: 'deck',
    reader: includeReader,
  });
  expect(diagnostics).toEqual([]);
  const rows = await measureAnalyses(circuit!, analyses);
  return rows.map(({ name, value }) => {
    const [n, m] = name.slice(1).split('_').map(Number);
    return { name, q: value!, weight: weights[n][m] };
  });
}

describe('an array of 2T2R cells', () => {
  it('reads the sign of every weight', async () => {
    const found = await reads({ rows: 3, columns: 5, seed: 2 });
    expect(found.length).toBe(15);
    // Both signs are there, and every output is at a rail.
    expect(new Set(found.map(({ weight }) => Math.sign(weight))).size).toBe(2);
    for (const { name, q, weight } of found)
      expect(Math.abs(q - 1.2 * Math.sign(weight)), name).toBeLessThan(0.1);
  });

  it('reads the rows that are asked for, and not the others', async () => {
    const found = await reads({ rows: 4, columns: 2, read: [3, 1] });
    expect(found.map(({ name }) => name)).toEqual(['q3_0', 'q3_1', 'q1_0', 'q1_1']);
    for (const { q, weight } of found) expect(Math.sign(q)).toBe(Math.sign(weight));
  });

  it('reads the same beside rows that are lumped', async () => {
    const wanted = { rows: 9, columns: 2, read: [4] };
    const [whole, lumped] = [await reads(wanted), await reads({ ...wanted, lump: true })];
    // Of 64 rows, 1024 outputs were 1e-5 V apart at most (npm run figures:array).
    lumped.forEach(({ q }, m) => {
      expect(Math.abs(q - whole[m].q)).toBeLessThan(1e-4);
    });
    const { text } = generateArray2t2r({ ...wanted, lump: true });
    expect(text.match(/^x\S+ bl0 .*$/gm)!.map((card) => / m=\d+/.exec(card)?.[0])).toEqual([
      undefined,
      ' m=8',
    ]);
  });

  it('is the deck of circuits/ for two rows and columns', () => {
    const deck = readFileSync(join(library, 'array-2x2.cir'), 'utf8');
    expect(generateArray2t2r({ rows: 2, columns: 2 }).text).toBe(deck);
  });

  it.each([
    [{ rows: 0, columns: 2 }, 'an array cannot have 0 rows'],
    [{ rows: 2, columns: 1.5 }, 'an array cannot have 1.5 columns'],
    [{ rows: 2, columns: 2, read: [2] }, 'there is no row 2 to read: rows are 0 to 1'],
    [{ rows: 2, columns: 2, pulses: -1 }, '-1 is no number of pulses'],
  ])('refuses %o', (wanted, message) => {
    let problem: unknown;
    try {
      generateArray2t2r(wanted);
    } catch (thrown) {
      problem = thrown;
    }
    expect(problem).toBeInstanceOf(DiagnosticError);
    expect((problem as DiagnosticError).diagnostics.map((each) => each.message)).toEqual([message]);
  });
});
