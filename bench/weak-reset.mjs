/**
 * Pulses on arrays of weak-RESET devices: devices × pulses per second of one thread, for pulses one
 * at a time and in groups, and devices read per second. Seconds are of the processor, not of the
 * clock, so that a busy machine does not change them much. Needs a build;
 * `node bench/weak-reset.mjs [devices] [folder with the built library]`.
 */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const count = Number(process.argv[2] ?? 1e6);
const root = pathToFileURL(resolve(process.argv[3] ?? 'dist') + '/').href;
const { WeakResetArray } = await import(new URL('arch/index.js', root));

function seconds(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Most of a few rounds, the first of which is for the compiler. */
function best(work, run) {
  let most = 0;
  for (let round = 0; round < 5; round++) most = Math.max(most, work / seconds(run));
  return most;
}

const millions = (rate) => `${(rate / 1e6).toFixed(1)} M/s`;

function measure(title, devices, options) {
  let array;
  const made = seconds(() => (array = new WeakResetArray(devices, options)));
  const gaps = new Float64Array(devices);
  const groups = Uint8Array.from({ length: devices }, (_, i) => (i * 7) % 15);
  const applied = groups.reduce((sum, n) => sum + n, 0);
  console.log(`${title}: ${devices} devices, ${(array.bytes / devices).toFixed(0)} bytes each`);
  console.log(`  made                         ${millions(devices / made)}`);
  console.log(`  pulses one at a time         ${millions(best(devices, () => array.apply(1)))}`);
  console.log(
    `  0 to 14 pulses at a time     ${millions(best(applied, () => array.apply(groups)))}`,
  );
  console.log(
    `  14 pulses at a time          ${millions(best(14 * devices, () => array.apply(14)))}`,
  );
  console.log(
    `  devices read                 ${millions(best(devices, () => array.readGaps(gaps)))}`,
  );
  const both = () => {
    array.apply(1);
    array.readGaps(gaps);
  };
  console.log(`  one pulse and read           ${millions(best(devices, both))}`);
}

measure('everything kept', count, {});
measure('counts kept, the rest drawn anew', Math.min(count, 200_000), { keep: 'counts' });
measure('without noise', count, { telegraph: 'none', pink: false });
