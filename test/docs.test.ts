import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readmeBlock, readmePicture } from '../scripts/readme-deck.js';
import { referencePages } from '../scripts/reference-pages.js';
import { exitCodes } from '../src/cli/exit-codes.js';
import { folderWith } from './cli/captured-terminal.js';

const root = resolve(import.meta.dirname, '..');
const text = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Names in a picture's legend. */
function legend(svg: string): string[] {
  return [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map((match) => match[1]);
}

describe('documents', () => {
  test('the reference is what the tables say (npm run docs writes it)', async () => {
    for (const [name, page] of await referencePages())
      expect(text(`docs/reference/${name}`), name).toBe(page);
  });

  test("the README's deck draws the README's picture", async () => {
    const drawn = legend(await readmePicture());
    expect(drawn).toContain('@n1[s]');
    expect(legend(text('docs/images/memristor.svg'))).toEqual(drawn);
  });

  test("the README's program prints what the README says", () => {
    const library = pathToFileURL(join(root, 'src/index.ts')).href;
    const program = readmeBlock('js').replace("'oxspice'", `'${library}'`);
    const file = join(folderWith({}), 'program.mjs');
    writeFileSync(file, program);
    const options = { encoding: 'utf8', cwd: root } as const;
    const printed = execFileSync(process.execPath, ['--import', 'tsx', file], options);
    expect(printed).toBe(readmeBlock('text'));
  });

  test('the README has all exit codes', () => {
    const readme = text('README.md');
    for (const { code, doc } of Object.values(exitCodes))
      expect(readme).toMatch(new RegExp(`\\| ${code} +\\| ${doc.replace(/[()]/g, '\\$&')}`));
  });

  test('links between documents lead somewhere', () => {
    const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
    const documents = [...readdirSync(root), ...inDocs.map((name) => join('docs', name))].filter(
      (name) => name.endsWith('.md'),
    );
    const broken = documents.flatMap((document) =>
      [...text(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map((match) => join(dirname(document), match[1]))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${document} → ${target}`),
    );
    expect(documents.length).toBeGreaterThan(10);
    expect(broken).toEqual([]);
  });

  test('files that ARCHITECTURE.md names are there', () => {
    const missing = [...text('ARCHITECTURE.md').matchAll(/`(src\/[\w/.-]+|test\/[\w/.-]+)`/g)]
      .map((match) => match[1])
      .filter((name) => !existsSync(join(root, name)));
    expect(missing).toEqual([]);
  });
});
