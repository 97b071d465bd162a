/** `npm run docs`: writes docs/reference and the picture of the README's deck. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readmePicture } from './readme-deck.js';
import { referencePages } from './reference-pages.js';

const docs = resolve(import.meta.dirname, '../docs');
mkdirSync(resolve(docs, 'reference'), { recursive: true });
mkdirSync(resolve(docs, 'images'), { recursive: true });
for (const [name, text] of await referencePages())
  writeFileSync(resolve(docs, 'reference', name), text);
writeFileSync(resolve(docs, 'images/memristor.svg'), await readmePicture());
