import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

const folder = folderWith({
  'good.cir': 'good\nv1 a 0 1\nr1 a 0 1k\n.tran 1n 1u\n',
  'bad.cir': 'bad\nr1 a 0 {w}\nr2 a 0 {q}\n.op\n',
  'warned.cir': 'warned\nr1 a 0 1k\n.width out=80\n',
  'xyce.cir': 'xyce\nr1 a 0 {2^3}\n',
});
const at = (name: string): string => join(folder, name);

describe('oxspice check', () => {
  test('finds nothing wrong, and does not simulate', async () => {
    const { code, out, err } = await capture(['check', at('good.cir')]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`${at('good.cir')}: in order, 2 elements\n`);
  });

  test('reports all that is wrong, in all decks', async () => {
    const { code, out, err } = await capture(['check', at('bad.cir'), at('good.cir')]);
    expect(code).toBe(1);
    expect(err.match(/error\[E201\]/g)).toHaveLength(2);
    expect(out).toContain('good.cir: in order');
    expect(out).not.toContain('bad.cir: in order');
  });

  test('warnings alone are no failure, and --quiet leaves them out', async () => {
    const loud = await capture(['check', at('warned.cir')]);
    expect(loud.code).toBe(0);
    expect(loud.err).toContain('warning[N503]');
    expect(await capture(['check', '-q', at('warned.cir')])).toEqual({ code: 0, out: '', err: '' });
  });

  test('--dialect decides what an operator means', async () => {
    // In Xyce 2^3 is false: no resistance can be 0.
    const codes = ['ngspice', 'xyce'].map((dialect) =>
      capture(['run', at('xyce.cir'), '--dialect', dialect, '--emit', 'circuit']),
    );
    const [own, xyce] = await Promise.all(codes);
    expect(own.out).not.toBe(xyce.out);
  });

  test.each([
    [['check'], 2],
    [['check', at('nowhere.cir')], 1],
    [['check', at('good.cir'), '--dialect', 'spice2'], 2],
  ])('%s ends with %i', async (args, expected) => {
    expect((await capture(args)).code).toBe(expected);
  });
});
