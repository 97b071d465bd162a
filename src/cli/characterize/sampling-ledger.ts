/**
 * Samples on disk: a group of points that was simulated before is not simulated again. A line for
 * each group, behind one that says what the samples are of:
 *
 *     {"format":"oxspice samples","version":1,"of":"9f2c…"}
 *     {"points":[[0.1,3200]],"purpose":"build","result":{…}}
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Point, SampledGroup, SamplePurpose } from '../../arch/characterize/sampler.js';
import type { Sampling, SamplingResult } from '../../arch/characterize/sampling.js';
import { writeFile } from '../results/open-file.js';

const format = 'oxspice samples';

export class SamplingLedger implements Sampling {
  /** Groups that were found on disk and asked for. */
  reused = 0;
  readonly #path: string;
  readonly #inner: Sampling;
  readonly #known = new Map<string, SampledGroup>();

  /** `of` stands for all that samples depend on: those of something else are replaced. */
  constructor(path: string, of: string, inner: Sampling, fresh: boolean) {
    this.#path = path;
    this.#inner = inner;
    const text = existsSync(path) && !fresh ? readFileSync(path, 'utf8') : '';
    const [head, ...lines] = text.split('\n');
    const start = parsed(head);
    if (start?.format === format && start.of === of) {
      for (const line of lines) this.#learn(line);
      // A process that was killed may have left half a line.
      if (!text.endsWith('\n')) appendFileSync(path, '\n');
    } else writeFile(path, `${JSON.stringify({ format, version: 1, of })}\n`);
  }

  #learn(line: string): void {
    const { points, purpose, result } = parsed(line) ?? {};
    if (result)
      this.#known.set(keyOf(points as Point[], purpose as string), result as SampledGroup);
  }

  async *execute(
    groups: readonly (readonly Point[])[],
    purpose: SamplePurpose,
    signal: AbortSignal,
  ): AsyncGenerator<SamplingResult> {
    const open: number[] = [];
    for (const [group, points] of groups.entries()) {
      const result = this.#known.get(keyOf(points, purpose));
      if (!result) open.push(group);
      else {
        this.reused++;
        yield { group, result };
      }
    }
    const missing = open.map((group) => groups[group]);
    for await (const { group, result } of this.#inner.execute(missing, purpose, signal)) {
      const points = missing[group];
      appendFileSync(this.#path, `${JSON.stringify({ points, purpose, result })}\n`);
      this.#known.set(keyOf(points, purpose), result);
      yield { group: open[group], result };
    }
  }
}

function keyOf(points: readonly Point[], purpose: string): string {
  return `${purpose} ${JSON.stringify(points)}`;
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
