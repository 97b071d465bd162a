import { expect, test } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** An edge of 0.1 ns through gates of a smooth kind, each 0.1 ns behind the one before. */
const chain = (options: string): string => `chain
v1 s0 0 pulse(0 1 1n 0.1n 0.1n 20n 50n)
${Array.from(
  { length: 8 },
  (_, k) =>
    `b${k} d${k} 0 v=0.5-0.5*tanh(12*(v(s${k})-0.5))\nr${k} d${k} s${k + 1} 1k\nc${k} s${k + 1} 0 0.1p`,
).join('\n')}
.options ${options}
.tran 1n 10n
.end
`;

async function run(options: string): Promise<{ jumps: number; points: number; end: number }> {
  const { analyses, statistics } = await simulate(chain(options));
  const [{ dataset }] = analyses;
  const { discontinuities: jumps, acceptedPoints: points } = statistics;
  return { jumps, points, end: dataset.get('v(s8)')!.real.at(-1)! };
}

test('a tolerance that lets steps grow lets their predictions miss by as much more', async () => {
  const [strict, wide] = [await run('lvltol=0.5'), await run('lvltol=20 chgtol=1n')];
  // Nothing jumps here. With a twentieth of the peak, wide steps would be taken for jumps.
  expect([strict.jumps, wide.jumps]).toEqual([0, 0]);
  expect(wide.points).toBeLessThan(strict.points / 2);
  // Both ends are at rest.
  expect(wide.end).toBeCloseTo(strict.end, 2);
});
