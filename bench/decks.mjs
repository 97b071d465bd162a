// The decks of the benchmark: circuits/ in other lengths, and a train of pulses through an RC.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const circuit = (file) => readFileSync(join(import.meta.dirname, '..', 'circuits', file), 'utf8');

/** A deck with another `.tran` card, without what it prints, and with ngspice's accounting. */
function timed(text, tran) {
  return text
    .replace(/^\.(print|save|ac|dc)\b.*\n/gm, '')
    .replace(/^\.tran.*$/m, `.tran ${tran}`)
    .replace(/^\.end$/m, '.options acct\n.end');
}

const pulses = `RC driven by a train of pulses
v1 in 0 pulse(0 1 1u 1u 1u 1m 2m)
r1 in out 1k
c1 out 0 1u
.tran 1u 1
.end
`;

export const decks = [
  { name: 'rc-pulses', text: timed(pulses, '1u 1') },
  { name: 'rectifier', text: timed(circuit('power/rectifier.cir'), '50u 1') },
  { name: 'multiplier', text: timed(circuit('power/multiplier.cir'), '0.1u 2m') },
  { name: 'ring', text: timed(circuit('digital/ring-oscillator.cir'), '5p 50n') },
];
