import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderDiagnostic } from '../../../src/base/index.js';
import { readSpecification } from '../../../src/arch/specification/read-specification.js';

const schema = z.strictObject({
  name: z.string(),
  layers: z.array(z.int().positive()).min(2),
  rate: z.number().positive().default(0.1),
});

const read = (text: string): ReturnType<typeof readSpecification<typeof schema>> =>
  readSpecification({ name: 'net.json', text }, schema);

test('comments and defaults are understood', () => {
  expect(read('{ "name": "iris", /* inputs, classes */ "layers": [4, 3], }')).toEqual({
    value: { name: 'iris', layers: [4, 3], rate: 0.1 },
    diagnostics: [],
  });
});

test.each([
  ['{ "name": iris }', /A001.*\n *--> net\.json:1:11/],
  ['{ "name": "a",\n  "layers": [4, -3] }', /A002.*'layers\[1\]'.*\n *--> net\.json:2:17/],
  ['{ "name": "a" }', /A002.*'layers' is missing\n *--> net\.json:1:1\n[^]*it is array/],
  [
    '{ "name": "a", "layers": [4, 3],\n "rte": 1 }',
    /A003.*no setting 'rte'.*\n *--> net\.json:2:2[^]*did you mean 'rate'/,
  ],
])('%s is refused at its place', (text, pattern) => {
  const { value, diagnostics } = read(text);
  expect(value).toBeUndefined();
  expect(renderDiagnostic(diagnostics[0])).toMatch(pattern);
});

test('of alternatives the one counts that knows the names', () => {
  const range = z.strictObject({ name: z.string(), from: z.number(), to: z.number() });
  const list = z.strictObject({ name: z.string(), values: z.array(z.number()) });
  const inputs = z.strictObject({ inputs: z.array(z.union([list, range])) });
  const text = '{ "inputs": [{ "name": "v", "from": 0 }] }';
  const { diagnostics } = readSpecification({ name: 'a.json', text }, inputs);
  expect(diagnostics.map(({ message }) => message)).toEqual(["'inputs[0].to' is missing"]);
});
