// Builds dist/: the library by tsc (modules and types), the command line as one bundle by esbuild,
// because resolving chevrotain's many files would cost most of the start-up time.
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.mjs';

const require = createRequire(import.meta.url);
const typescript = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

/** A build that fails leaves the one before it in place. */
const fresh = `dist.${process.pid}`;
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));

try {
  execFileSync(process.execPath, [typescript, '-p', 'tsconfig.build.json', '--outDir', fresh], {
    stdio: 'inherit',
  });
  // The command line is a program, not a part of the library.
  rmSync(join(fresh, 'cli'), { recursive: true });
  await bundle(join(fresh, 'cli'));
  rmSync('dist', { recursive: true, force: true });
  renameSync(fresh, 'dist');
} catch {
  // tsc and esbuild have said what is wrong.
  process.exitCode = 1;
}
