/** Every file of settings in circuits/ names what its deck has, and its circuit can be sampled. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Point } from '../../src/arch/characterize/sampler.js';
import { readCharacterizeArguments } from '../../src/cli/characterize/characterize-arguments.js';
import { openRequest } from '../../src/cli/characterize/characterize-request.js';

const circuits = join(import.meta.dirname, '../../circuits');
const files = readdirSync(circuits, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.characterize.json'))
  .sort();

test.each(files)('%s', async (file) => {
  const { deck, spec } = readCharacterizeArguments({ spec: join(circuits, file) });
  // One run tells whether a deck works.
  const once = { ...spec, runs: 1 };
  const opened = openRequest({ kind: 'characterize', deck, spec: once });
  expect(opened.diagnostics.map(({ message }) => message)).toEqual([]);
  const { variables, sampler, outputs } = opened.experiment!;
  const point: Point = variables.map(({ input }) =>
    input.kind === 'discrete' ? input.values[0] : (input.at?.[0] ?? input.knots[0]),
  );
  const { samples } = (await sampler.sample([point], 'build'))!;
  const [sample] = samples;
  if ('problem' in sample) throw new Error(sample.problem);
  expect(sample.values.length).toBeGreaterThanOrEqual(outputs.length);
});
