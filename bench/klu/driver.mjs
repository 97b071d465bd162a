import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const include = '/usr/include/suitesparse';
const source = join(import.meta.dirname, 'klu.c');

/** Runs KLU in a process of its own. */
export class KluDriver {
  #folder;
  #program;

  /** Compiles klu.c; undefined where gcc or KLU is missing. */
  static build() {
    if (!existsSync(join(include, 'klu.h'))) return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'klu-'));
    const program = join(folder, 'klu');
    const options = ['-O3', `-I${include}`, source, '-lklu', '-lm', '-o', program];
    const { status } = spawnSync('gcc', options, { stdio: 'inherit' });
    if (status !== 0) {
      rmSync(folder, { recursive: true });
      return undefined;
    }
    const driver = new KluDriver();
    driver.#folder = folder;
    driver.#program = program;
    return driver;
  }

  /** Microseconds of the fastest of the rounds. */
  measure({ pattern, values }, rounds) {
    const { n, columnPointers, rowIndices } = pattern;
    const head = Int32Array.of(n, values.length, rounds);
    const input = Buffer.concat([head, columnPointers, rowIndices, values].map(bytesOf));
    const { status, stdout } = spawnSync(this.#program, { input, encoding: 'utf8' });
    if (status !== 0) throw new Error(`KLU failed with ${status}`);
    const [entries, analysis, first, iteration] = stdout.split(' ').map(Number);
    return { entries, analysis: 1e6 * analysis, first: 1e6 * first, iteration: 1e6 * iteration };
  }

  remove() {
    rmSync(this.#folder, { recursive: true });
  }
}

function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}
