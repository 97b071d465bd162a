// Circuits of diodes.
import { randomStream } from './random-stream.mjs';

const diode = '.model d d(is=76.9p n=1.45 rs=42m cjo=26.5p m=0.333)';

/** Four diodes behind a floating 20 V, 50 Hz source: Gear 2 at a forced step of 1 µs for a second. */
export function rectifier() {
  return `Four-diode rectifier
${diode}
v1 a b sin(0 20 50)
d1 a out d
d2 b out d
d3 0 a d
d4 0 b d
c1 out 0 100u
r1 out 0 1k
.options method=gear acct
.tran 1u 1 0 1u
.end
`;
}

/** Greinacher's cascade of two stages at 50 V, 100 kHz: Gear 2 at a forced step of 10 ns for 5 ms. */
export function multiplier() {
  return `Four-diode voltage multiplier
${diode}
v1 in 0 sin(0 50 100k)
ca1 in a1 100n
ca2 a1 a2 100n
cb1 0 b1 100n
cb2 b1 out 100n
d1 0 a1 d
d2 a1 b1 d
d3 b1 a2 d
d4 a2 out d
rl out 0 1meg
.options method=gear acct
.tran 10n 5m 0 10n
.end
`;
}

/** How far apart in number the ends of an element may be: it bounds the fill of the matrix. */
const reach = 30;

/**
 * A connected net of `n` nodes: a resistor from each to an earlier one, and a diode and another
 * resistor between nodes that chance chooses near it. Nothing stores charge but the junctions.
 */
export function diodeNet(n) {
  const random = randomStream(40 + n);
  const near = (k) => Math.max(0, k - 1 - Math.floor(random() * reach));
  const ohms = () => (100 * 10 ** (2 * random())).toFixed(1);
  const cards = [];
  for (let k = 1; k < n; k++) {
    cards.push(`r${k} n${k} n${near(k)} ${ohms()}`);
    const other = near(k);
    cards.push(random() < 0.5 ? `d${k} n${k} n${other} d` : `d${k} n${other} n${k} d`);
    if (random() < 0.5) cards.push(`rg${k} n${k} 0 ${Number(ohms()) * 10}`);
  }
  return `Random net of resistors and diodes, ${n} nodes
${diode}
v1 in 0 sin(0 10 1meg)
rs in n0 1
${cards.join('\n')}
.options acct
.save v(n0) v(n${Math.floor(n / 100) + 1}) v(n${Math.floor(n / 50) + 5})
.tran 10n 1u 0 10n
.end
`;
}
