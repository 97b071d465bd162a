// The command line as two files: the whole program, parts of which start when they are first needed,
// and a small one that loads it with the code that V8 kept of it (src/cli/cache/cached-program.ts).
//
// Nothing is minified: the compiler of device models reads their functions as text.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const settings = {
  bundle: true,
  platform: 'node',
  // A compiled library that need not be there.
  external: ['@resvg/resvg-js'],
  // Its other form asks for its parts by names that only Node finds.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  target: 'node20',
  logLevel: 'warning',
};

/** For what lays out the text of --help; cli-progress has an older one of the other kind. */
const plainStringWidth = {
  name: 'plain string-width',
  setup({ onResolve }) {
    const path = join(import.meta.dirname, 'string-width.mjs');
    onResolve({ filter: /^string-width$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path } : undefined,
    );
  },
};

/** Writes main.js and program.js into a folder. */
export async function bundle(folder) {
  mkdirSync(folder, { recursive: true });
  const chunks = join(folder, 'chunks');
  try {
    await split(chunks);
    await joinChunks(folder);
  } finally {
    rmSync(chunks, { recursive: true });
  }
  await start(folder, asAscii(join(folder, 'program.js')));
  // Node takes files below a package of the newer kind for modules, which start more slowly.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  chmodSync(join(folder, 'main.js'), 0o755);
}

/** Modules, one for what each lazy import needs: only so does esbuild leave out what nobody uses. */
async function split(folder) {
  await build({
    ...settings,
    entryPoints: ['src/cli/run-process.ts'],
    outdir: folder,
    splitting: true,
    format: 'esm',
    plugins: [plainStringWidth],
  });
}

async function joinChunks(folder) {
  await build({
    ...settings,
    // The names of modules in the text are relative to this.
    absWorkingDir: resolve(folder),
    entryPoints: ['./chunks/run-process.js'],
    outfile: 'program.js',
    format: 'cjs',
    define: { 'import.meta.url': '__moduleUrl' },
  });
}

async function start(folder, hash) {
  await build({
    ...settings,
    entryPoints: ['src/cli/start.ts'],
    outfile: join(folder, 'main.js'),
    format: 'cjs',
    define: { programBuild: JSON.stringify(hash), 'import.meta.url': '__moduleUrl' },
    banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
}

/** Writes other characters of a script as escapes, so that V8 keeps one byte for each. Its hash. */
function asAscii(file) {
  const text = readFileSync(file, 'utf8').replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, text);
  return createHash('sha1').update(text).digest('hex');
}
