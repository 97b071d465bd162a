import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTrainingExperiment } from '../../../src/arch/index.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'experiments');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));
const opened = (name: string) => {
  const file = join(folder, `${name}.json`);
  return readTrainingExperiment({ name: file, text: readFileSync(file, 'utf8') });
};

describe.each(names)('%s', (name) => {
  const { experiment, diagnostics } = opened(name);

  test('can be read', () => {
    expect(diagnostics).toEqual([]);
    expect(experiment).toBeDefined();
  });

  test("numbers of papers, goals, comparisons and ratios are of its variants and its trainer's measures", () => {
    const { variants, trainer, paper, goals, comparisons, ratios } = experiment!;
    const known = (of: typeof experiment, variant: string, measure: string): boolean =>
      of!.variants.some((each) => each.name === variant) &&
      of!.trainer.measures.some((each) => each.name === measure);
    expect(variants.length).toBeGreaterThan(0);
    expect(trainer.measures.length).toBeGreaterThan(0);
    const tables: Record<string, object>[] = [paper?.rows ?? {}, goals];
    for (const table of tables)
      for (const [variant, measures] of Object.entries(table))
        for (const measure of Object.keys(measures))
          expect(known(experiment, variant, measure), `${variant}: ${measure}`).toBe(true);
    for (const { variant, measure } of [...comparisons, ...ratios])
      expect(known(experiment, variant, measure), `${variant}: ${measure}`).toBe(true);
    for (const { with: other, measure } of comparisons) {
      const of = other.experiment === undefined ? experiment : opened(other.experiment).experiment;
      expect(known(of, other.variant, measure), `${other.variant}: ${measure}`).toBe(true);
    }
  });
});
