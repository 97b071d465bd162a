#!/usr/bin/env node
/** The bundle's entrance, `dist/cli/main.js`: loads the program beside it, from the cache if it can. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { cacheFolder } from './cache/cache-folder.js';
import { loadProgram } from './cache/cached-program.js';

/** Put in by `scripts/bundle.mjs`: a hash of the program's text. */
declare const programBuild: string;

// Most runs are over before code that V8 optimizes has paid for itself, and leave little to collect:
// eight times the patience before functions are optimized, and room for young objects at once.
setFlagsFromString('--interrupt-budget=1081344');
setFlagsFromString('--semi-space-growth-factor=16');

// Code that is kept for the next run has to be there at the end of this one. V8 takes no code that
// was made with other flags: it is set in all runs.
setFlagsFromString('--no-flush-bytecode');

const file = join(dirname(fileURLToPath(import.meta.url)), 'program.js');
const folder = process.argv.includes('--no-cache') ? undefined : cacheFolder();
const program = loadProgram(file, programBuild, folder);
void program.exports.runProcess(programBuild).then(() => {
  program.save();
});
