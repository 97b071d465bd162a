// Circuits of resistors and capacitors.

/** One RC driven by a train of pulses, at a forced step of 1 µs for a second. */
export function rcPulses() {
  return `RC driven by a train of pulses
v1 in 0 pulse(0 1 1u 1u 1u 1m 2m)
r1 in out 1k
c1 out 0 1u
.options acct
.tran 1u 1 0 1u
.end
`;
}

/** What drives networks, and their hundred steps. Few nodes are kept: files are not what counts. */
function driven(title, cards, kept, stop) {
  const nodes = kept.map((node) => `v(${node})`).join(' ');
  return `${title}
v1 in 0 pulse(0 1 ${stop / 50} ${stop / 50} ${stop / 50} ${stop / 2} ${2 * stop})
rs in n0 50
${cards.join('\n')}
.options acct
.save ${nodes}
.tran ${stop / 100} ${stop} 0 ${stop / 100}
.end
`;
}

/** A chain of `n` nodes: 100 Ω to the next, 1 pF to ground. */
export function rcLadder(n) {
  const cards = [];
  for (let k = 0; k < n; k++) {
    cards.push(`c${k} n${k} 0 1p`);
    if (k + 1 < n) cards.push(`r${k} n${k} n${k + 1} 100`);
  }
  cards.push(`rl n${n - 1} 0 1k`);
  const near = Math.min(n - 1, 30);
  return driven(`RC ladder of ${n} nodes`, cards, ['n0', 'n10', `n${near}`], 100e-9);
}

/** A square of about `n` nodes: 100 Ω to each neighbour, 1 pF to ground; driven at a corner. */
export function rcMesh(n) {
  const side = Math.round(Math.sqrt(n));
  const cards = [];
  for (let k = 0; k < side * side; k++) {
    cards.push(`c${k} n${k} 0 1p`);
    if ((k + 1) % side > 0) cards.push(`rx${k} n${k} n${k + 1} 100`);
    if (k + side < side * side) cards.push(`ry${k} n${k} n${k + side} 100`);
  }
  cards.push(`rl n${side * side - 1} 0 1k`);
  return driven(
    `RC mesh of ${side} x ${side} nodes`,
    cards,
    ['n0', 'n5', `n${5 * side + 5}`],
    100e-9,
  );
}
