import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

const folder = folderWith({
  // As `model` takes it: no import is needed.
  'sound.mjs': `export const memristor = {
  name: 'memristor', title: 'bounded', terminals: ['p', 'n'],
  states: { s: { unit: '', initial: 0.5, bounds: [0, 1], abstol: 1e-9, doc: 'position' } },
  analog({ V, I, state, rate }) {
    const i = V('p', 'n') / (100 + 1e4 * state('s'));
    I('p', 'n', i);
    rate('s', 1e6 * i);
  },
};
`,
  'ill.mjs': `let w = 0.5;
export const euler = {
  name: 'euler', title: 'remembers by itself', terminals: ['p', 'n'],
  analog({ V, I }) {
    w += 1e-9 * V('p', 'n');
    I('p', 'n', w * V('p', 'n'));
  },
};
export default {
  name: 'unbounded', title: 'no bounds', terminals: ['p', 'n'],
  states: { s: { unit: '', initial: 0.5, abstol: 1e-9, doc: 'position' } },
  analog({ V, I, state, rate }) {
    const i = V('p', 'n') / (100 + 1e4 * state('s'));
    I('p', 'n', i);
    rate('s', 1e6 * i);
  },
};
`,
  'empty.mjs': 'export const answer = 42;\n',
  'broken.mjs': 'export const = 1;\n',
});
const at = (name: string): string => join(folder, name);

describe('oxspice lint-model', () => {
  test('finds nothing wrong with sound models, of files and of the catalogue', async () => {
    const { code, out, err } = await capture(['lint-model', at('sound.mjs'), 'team']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('memristor: in order\nteam: in order\n');
  });

  test('says what is wrong, and where', async () => {
    const { code, err } = await capture(['lint-model', at('ill.mjs')]);
    expect(code).toBe(1);
    // The model's own text is shown, with its line.
    expect(err).toMatch(/error\[M14[78]\][^]*w \+= 1e-9/);
    expect(err).toMatch(/error\[M162\].*'s' has no bounds[^]*rate\('s', 1e6 \* i\)/);
  });

  test.each([
    ['nowhere.mjs', /C121/],
    ['broken.mjs', /C122/],
    ['empty.mjs', /C123.*exports no model/],
  ])('%s is refused', async (name, pattern) => {
    const { code, err } = await capture(['lint-model', at(name)]);
    expect(code).toBe(1);
    expect(err).toMatch(pattern);
  });
});
