// An array multiplier: partial products by AND gates, added up row after row by full adders.
import { cells, models, supply } from './logic-cells.mjs';

/** Rise and fall of the inputs [s]. */
const edge = 50e-12;

/**
 * A deck that multiplies pairs of unsigned numbers of `bits` bits, one after the other: outputs
 * `p0` to `p<2·bits − 1>`, which are to have settled at the end of each slot. All carries ripple
 * through rows of full adders, bits·(bits − 1) of them.
 * @param pairs the operands
 * @param slot seconds for each pair
 */
export function arrayMultiplier(bits, pairs, slot, options = 'acct') {
  const cards = [];
  for (let k = 0; k < bits; k++) {
    cards.push(
      ...input(
        `a${k}`,
        pairs.map(([a]) => bit(a, k)),
        slot,
      ),
    );
    cards.push(
      ...input(
        `b${k}`,
        pairs.map(([, b]) => bit(b, k)),
        slot,
      ),
    );
  }
  for (let j = 0; j < bits; j++)
    for (let i = 0; i < bits; i++) cards.push(`xp${j}_${i} a${i} b${j} m${j}_${i} vdd and`);
  cards.push(...additions(bits));
  const products = Array.from({ length: 2 * bits }, (_, k) => `v(p${k})`);
  return `Array multiplier of ${bits} x ${bits} bits, ${transistors(bits)} transistors
${models}
${cells}
vdd vdd 0 ${supply}
${cards.join('\n')}
.options ${options}
.save ${products.join(' ')}
.tran 20p ${pairs.length * slot}
.end
`;
}

/** Of AND gates, full adders and the two inverters of each input. */
export function transistors(bits) {
  return 6 * bits * bits + 36 * bits * (bits - 1) + 8 * bits;
}

/**
 * The numbers that stand at the outputs at the end of each slot.
 * @param voltage (node, time) → V
 */
export function productsOf(bits, count, slot, voltage) {
  return Array.from({ length: count }, (_, k) => {
    let product = 0;
    for (let p = 0; p < 2 * bits; p++)
      if (voltage(`p${p}`, (k + 1) * slot * (1 - 1e-6)) > supply / 2) product += 2 ** p;
    return product;
  });
}

function bit(number, k) {
  return Math.floor(number / 2 ** k) % 2;
}

/** A source whose value changes with the slots, and two inverters behind it. */
function input(name, values, slot) {
  const points = [`0 ${values[0] * supply}`];
  for (let k = 1; k < values.length; k++) {
    if (values[k] === values[k - 1]) continue;
    points.push(
      `${k * slot} ${values[k - 1] * supply}`,
      `${k * slot + edge} ${values[k] * supply}`,
    );
  }
  const source = points.length > 1 ? `pwl(${points.join(' ')})` : `${values[0] * supply}`;
  return [
    `v${name} ${name}i 0 ${source}`,
    `x${name}i ${name}i ${name}n vdd inverter`,
    `x${name}n ${name}n ${name} vdd inverter`,
  ];
}

/** Row j adds partial products of b<j> to what the rows before gave, shifted by one. */
function additions(bits) {
  const cards = ['vp0 m0_0 p0 0'];
  let sums = Array.from({ length: bits }, (_, i) => (i + 1 < bits ? `m0_${i + 1}` : '0'));
  for (let j = 1; j < bits; j++) {
    let carry = '0';
    const next = [];
    for (let i = 0; i < bits; i++) {
      const sum = i === 0 ? `p${j}` : j === bits - 1 ? `p${j + i}` : `s${j}_${i}`;
      const out = i === bits - 1 && j === bits - 1 ? `p${2 * bits - 1}` : `c${j}_${i}`;
      cards.push(`xf${j}_${i} ${sums[i]} m${j}_${i} ${carry} ${sum} ${out} vdd fulladder`);
      if (i > 0) next.push(sum);
      carry = out;
    }
    sums = [...next, carry];
  }
  return cards;
}
