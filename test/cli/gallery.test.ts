import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

// Ohm's law: 2 V over 1 kΩ and 1 kΩ gives 1 V in the middle.
const divider = `Divider of <two> resistors
* Half the voltage.

v1 in 0 2
r1 in out 1k
r2 out 0 1k
.dc v1 0 2 0.5
.print dc v(out)
.meas dc most max v(out)
.end
`;

test('a page shows header, figure and measures of each deck, and names what failed', async () => {
  const folder = folderWith({ 'a.cir': divider, 'b.cir': 'Nothing\nr1 a 0 1k\n.end\n' });
  const out = join(folder, 'page');
  const { code, out: said, err } = await capture(['gallery', folder, '-o', out]);
  expect(code).toBe(1);
  expect(said).toMatch(/a\.cir {2}[\d.]+ s\n/);
  expect(said).toMatch(/b\.cir {2}[\d.]+ s {2}failed\n/);
  expect(err).toMatch(/error\[C103\]/);
  const page = readFileSync(join(out, 'index.html'), 'utf8');
  expect(page).toContain('Divider of &lt;two&gt; resistors');
  expect(page).toContain('Half the voltage.');
  expect(page).toMatch(/most +1\.000 V/);
  expect(page).toContain('<img loading="lazy" src="a/a.dc.svg"');
  expect(page).toMatch(/class="messages">error\[C103\]/);
  expect(readFileSync(join(out, 'a', 'a.dc.svg'), 'utf8')).toContain('v(out)');
});

test('a folder without decks is refused', async () => {
  const { code, err } = await capture(['gallery', folderWith({ 'a.txt': '' })]);
  expect(code).toBe(1);
  expect(err).toMatch(/error\[C130\]: there is no deck under/);
});

test('a folder that is not there is refused', async () => {
  const { code, err } = await capture(['gallery', 'nowhere']);
  expect(code).toBe(1);
  expect(err).toMatch(/error\[C131\]: cannot read the folder 'nowhere'/);
});
