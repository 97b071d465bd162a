// The command line as one program with lazily loaded parts.
//
// Nothing is minified: the compiler of device models reads their functions as text.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Writes main.js and its chunks into a folder. */
export async function bundle(folder) {
  await build({
    entryPoints: ['src/cli/main.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // A compiled library that need not be there.
    external: ['@resvg/resvg-js'],
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    banner: {
      // Modules of the older kind ask for Node's own modules by require().
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  chmodSync(join(folder, 'main.js'), 0o755);
}
