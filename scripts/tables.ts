/**
 * Carries out the experiments behind the tables and writes the report: `npm run tables` those on small
 * sets, which ship with the project; `npm run tables -- mnist`, `cifar` or `cosim` the long ones. What
 * is done already is not repeated.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const uci = ['iris', 'wine', 'wdbc'];
const groups: Record<string, readonly string[]> = {
  small: [
    ...uci.flatMap((set) => [`snn-${set}`, `${set}-software`, `snn-${set}-open`]),
    ...uci.flatMap((set) => [`mnn-${set}`, `mnn-${set}-software`]),
    'mnn-xor',
    'bnn-digits-amplifier',
  ],
  mnist: ['dbn-2', 'dbn-4', 'dbn-gain', 'sda', 'bnn-identity', 'bnn-mnist', 'bnn-mnist-beyond'],
  cifar: ['bnn-cifar10'],
  cosim: uci.map((set) => `cosim-snn-${set}`),
};

const [group = 'small', ...options] = process.argv.slice(2);
const names = groups[group];
if (!names) {
  process.stderr.write(`there are ${Object.keys(groups).join(', ')}, not '${group}'\n`);
  process.exit(64);
}
for (const name of names) carryOut(['train', join('experiments', `${name}.json`), ...options]);
carryOut(['report']);

function carryOut(args: readonly string[]): void {
  const program = ['--import', 'tsx', join('src', 'cli', 'main.ts')];
  const { status } = spawnSync(process.execPath, [...program, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 70);
}
