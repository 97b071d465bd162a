import { expect, it } from 'vitest';
import { printExpression } from '../../src/expression/index.js';
import { simulate } from '../../src/solver/index.js';
import { cardsOf, codesOf } from './circuit-of.js';

const half = ['v1 a 0 1', 'x1 a half', '.subckt half p', 'r1 p n 1k', 'v2 n 0 0', '.ends', '.op'];

const nodes = ['v(x1.n)', 'v(x1:n)', 'x1.n'];
const branches = ['i(x1.v2)', 'i(v.x1.v2)', 'i(x1:v2)', 'x1.v2#branch', 'v.x1.v2#branch'];

it.each(['.print op', '.save'])('%s knows all spellings of what is in subcircuits', (card) => {
  const circuit = cardsOf(...half, ...[...nodes, ...branches].map((name) => `${card} ${name}`));
  const requests = card === '.save' ? circuit.saves : circuit.prints;
  const printed = requests.map(({ items: [{ expression }] }) =>
    expression === 'all' ? '' : printExpression(expression),
  );
  expect(printed).toEqual([...nodes.map(() => 'v(x1.n)'), ...branches.map(() => 'i(x1.v2)')]);
});

// 1 mA flows from v2's first terminal to its second.
it.each(['i(x1.v2)', 'i(v.x1.v2)', 'i(x1:v2)'])('B elements read %s', async (name) => {
  const deck = ['title', ...half, `b1 b 0 v=1k*${name}+v(x1:n)`, 'r9 b 0 1'].join('\n');
  const { analyses } = await simulate(deck);
  expect(analyses[0].dataset.get('v(b)')!.real[0]).toBeCloseTo(1, 9);
});

it.each(['x1.v2', 'v.x1.v2', 'x1:v2'])('F elements are controlled by %s', async (name) => {
  const deck = ['title', ...half, `f1 0 b ${name} 2`, 'r9 b 0 1k'].join('\n');
  const { analyses } = await simulate(deck);
  expect(analyses[0].dataset.get('v(b)')!.real[0]).toBeCloseTo(2, 9);
});

it('what there is not stays an error', () => {
  expect(codesOf(...half, 'b1 b 0 v=i(v.x1.v3)', 'r9 b 0 1')).toEqual(['N211']);
  expect(codesOf(...half, 'b1 b 0 v=v(x2:n)', 'r9 b 0 1')).toEqual(['N211']);
});
