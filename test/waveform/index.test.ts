import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** d3 costs start-up time: only what draws may load it, and nothing else may load what draws. */
it('reaches d3 through the plots only', () => {
  const folder = new URL('../../src/waveform/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('plot'),
  );
  expect(files).toContain('index.ts');
  for (const file of files)
    expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/from '(d3-|.*\/plot\/)/);
});
