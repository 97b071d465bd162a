// Circuits of the classes of the ISCAS-85 benchmarks, built from what these compute (M. C. Hansen,
// H. Yalcin, J. P. Hayes, "Unveiling the ISCAS-85 benchmarks", IEEE Design & Test 16(3), 1999): same
// function and size, not gate by gate the published netlists, c17 apart (F. Brglez, H. Fujiwara,
// ISCAS 1985).
import { GateNetlist } from './gate-netlist.mjs';

/** c17: six NAND gates. */
export function sixNands() {
  const net = new GateNetlist();
  const [n1, n2, n3, n6, n7] = ['i1', 'i2', 'i3', 'i6', 'i7'].map((name) => net.input(name));
  const n11 = net.nand(n3, n6);
  const n16 = net.nand(n2, n11);
  net.output('o22', net.nand(net.nand(n1, n3), n16));
  net.output('o23', net.nand(n16, net.nand(n11, n7)));
  return net;
}

/**
 * As c432: 27 channels in three buses a, b, c of nine, enabled by e. The bus of a request is granted
 * with a before b before c, and of its channels the one of the highest index.
 * Outputs pa, pb, pc, and the index plus one as ch0 … ch3; all 0 if nothing requests.
 */
export function interruptController() {
  const net = new GateNetlist();
  const enable = net.bus('e', 9);
  const requests = ['a', 'b', 'c'].map((name) =>
    net.bus(name, 9).map((line, k) => net.and(line, enable[k])),
  );
  const [anyA, anyB, anyC] = requests.map((lines) => net.or(...lines));
  const noA = net.not(anyA);
  const grants = [anyA, net.and(noA, anyB), net.and(noA, net.not(anyB), anyC)];
  ['pa', 'pb', 'pc'].forEach((name, k) => net.output(name, grants[k]));
  // Lines of the granted bus; of these, the ones with no higher line.
  const lines = enable.map((_, k) =>
    net.nand(...grants.map((grant, bus) => net.nand(grant, requests[bus][k]))),
  );
  const highest = lines.map((line, k) =>
    k === 8 ? line : net.and(line, net.nor(...lines.slice(k + 1))),
  );
  for (let bit = 0; bit < 4; bit++)
    net.output(`ch${bit}`, net.or(...highest.filter((_, k) => ((k + 1) >> bit) & 1)));
  return net;
}

/**
 * As c499 (32 bits of data) and c1908 (16): corrects one wrong bit. Check bit j is the parity of the
 * data whose pattern has bit j; data bit i has the i-th pattern of at least two ones (`patterns`).
 * Inputs d, c and r, which switches correction on; outputs q, and with `detects` also `two`: the
 * syndrome belongs to no single bit, given the overall parity p.
 */
export function errorCorrector(width, detects = false) {
  const net = new GateNetlist();
  const data = net.bus('d', width);
  const codes = patterns(width);
  const count = 32 - Math.clz32(codes.at(-1));
  const checks = net.bus('c', count);
  const corrects = net.input('r');
  const syndrome = checks.map((check, j) =>
    net.and(corrects, net.xor(check, ...data.filter((_, i) => (codes[i] >> j) & 1))),
  );
  const inverted = syndrome.map((line) => net.not(line));
  const corrected = data.map((bit, i) => {
    const lines = syndrome.map((line, j) => ((codes[i] >> j) & 1 ? line : inverted[j]));
    return net.xor(bit, net.and(...lines));
  });
  corrected.forEach((bit, i) => net.output(`q${i}`, bit));
  if (!detects) return net;
  const even = net.not(net.xor(net.input('p'), ...data, ...checks));
  net.output('two', net.and(even, net.or(...syndrome)));
  return net;
}

/** The first `count` numbers with at least two ones: no check bit alone looks like a data bit. */
export function patterns(count) {
  const list = [];
  for (let code = 3; list.length < count; code++) if (code & (code - 1)) list.push(code);
  return list;
}

/**
 * As c880: an arithmetic-logic unit of 8 bits (or more) with carry look-ahead over four bits.
 * f1 f0: sum of a, b and the carry; a and b; a or b; a xor b. `m` inverts b. Outputs y, carry, zero
 * and the parity of y.
 */
export function arithmeticUnit(width = 8) {
  const net = new GateNetlist();
  const a = net.bus('a', width);
  const inverts = net.input('m');
  const b = net.bus('b', width).map((line) => net.xor(line, inverts));
  const [f0, f1] = net.bus('f', 2);
  let carry = net.input('cin');
  const both = a.map((line, k) => net.and(line, b[k]));
  const either = a.map((line, k) => net.or(line, b[k]));
  const differ = a.map((line, k) => net.xor(line, b[k]));
  const sums = [];
  for (let low = 0; low < width; low += 4) {
    const carries = lookAhead(net, both.slice(low, low + 4), either.slice(low, low + 4), carry);
    for (let k = 0; k < 4; k++) sums.push(net.xor(differ[low + k], carries[k]));
    carry = carries[4];
  }
  const results = sums.map((sum, k) =>
    net.choose(f1, net.choose(f0, differ[k], either[k]), net.choose(f0, both[k], sum)),
  );
  results.forEach((result, k) => net.output(`y${k}`, result));
  net.output('carry', carry);
  net.output('zero', net.nor(...results));
  net.output('parity', net.xor(...results));
  return net;
}

/** Carries into four bits and out of them, each from the first one at once. */
function lookAhead(net, generate, propagate, first) {
  const carries = [first];
  for (let k = 0; k < generate.length; k++) {
    const terms = [net.nand(...propagate.slice(0, k + 1), first)];
    for (let j = 0; j <= k; j++)
      terms.push(net.nand(generate[j], ...propagate.slice(j + 1, k + 1)));
    carries.push(net.nand(...terms));
  }
  return carries;
}

/**
 * As c6288: an array multiplier, whose partial products rows of half and full adders of NOR gates
 * add up. Inputs a and b of `width` bits, output p of twice as many.
 */
export function norMultiplier(width = 16) {
  const net = new GateNetlist();
  const a = net.bus('a', width);
  const b = net.bus('b', width);
  const product = (i, j) => net.and(a[i], b[j]);
  let sums = a.map((_, i) => product(i, 0));
  let last;
  net.output('p0', sums[0]);
  for (let j = 1; j < width; j++) {
    let carry;
    const row = [];
    for (let i = 0; i < width; i++) {
      const terms = [sums[i + 1] ?? last, product(i, j), carry].filter(
        (term) => term !== undefined,
      );
      const added = terms.length === 3 ? norFullAdder(net, ...terms) : norHalfAdder(net, ...terms);
      row.push(added.sum);
      carry = added.carry;
    }
    last = carry;
    sums = row;
    net.output(`p${j}`, sums[0]);
  }
  for (let i = 1; i < width; i++) net.output(`p${width - 1 + i}`, sums[i]);
  net.output(`p${2 * width - 1}`, last);
  return net;
}

/** Five NOR gates. */
function norHalfAdder(net, a, b) {
  const neither = net.nor(a, b);
  const carry = net.nor(net.not(a), net.not(b));
  return { sum: net.nor(neither, carry), carry };
}

/** Nine NOR gates. */
function norFullAdder(net, a, b, c) {
  const neither = net.nor(a, b);
  const equal = net.nor(net.nor(a, neither), net.nor(b, neither));
  const rest = net.nor(equal, c);
  const sum = net.nor(net.nor(equal, rest), net.nor(c, rest));
  return { sum, carry: net.nor(neither, rest) };
}
