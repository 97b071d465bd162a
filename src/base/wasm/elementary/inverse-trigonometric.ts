import { elementaryTables } from '../elementary-tables.js';
import type { Body, Term, Variable } from '../formula.js';
import { constant, polynomial } from '../formula.js';
import { f64, i32 } from '../opcodes.js';
import type { Definition } from './definition.js';
import { unary } from './definition.js';

/**
 * atan(p/q) for 0 ≤ p ≤ q: with c = k/16 next to p/q it is atan c + atan t, where
 * t = (p − c q)/(q + c p) and |t| ≤ 1/32; Taylor's polynomial leaves t¹³/13, which is below 2⁻⁶³ t.
 * Errors: atan and atan2 1.5 ulp; asin and acos, which are atan2, 3 ulp.
 */
const series = [-1 / 3, 1 / 5, -1 / 7, 1 / 9, -1 / 11];

const halfPi = Math.PI / 2;
const halfPiTail = 6.123233995736766e-17;

interface Arc {
  readonly high: Term;
  readonly low: Variable;
}

function arcOf(body: Body, p: Term, q: Term): Arc {
  const k = body.let(p.over(q).times(16).apply(f64.nearest));
  const c = body.let(k.times(1 / 16));
  const address = body.let(k.apply(i32.saturateF64, 'i32').shl(4));
  const t = body.let(p.minus(c.times(q)).over(q.plus(c.times(p))));
  const square = body.let(t.times(t));
  const rest = t.plus(t.times(square).times(polynomial(square, series)));
  const low = body.let(address.loadF64(elementaryTables.arctangents + 8).plus(rest));
  return { high: address.loadF64(elementaryTables.arctangents), low };
}

/** base + factor · arc, where factor is 1 or −1 and the base is 0 or above the arc. */
function fromBase(body: Body, base: Term, baseTail: Term, factor: Term, { high, low }: Arc): Term {
  const signed = body.let(high.times(factor));
  const sum = body.let(base.plus(signed));
  const lost = base.minus(sum).plus(signed);
  return sum.plus(lost.plus(baseTail.plus(low.times(factor))));
}

export const atan = unary((body, x) => {
  const size = body.let(x.abs());
  const one = constant('f64', 1);
  body.if(size.is('lt', 2 ** -27), () => {
    body.return(x);
  });
  body.if(size.is('gt', 2 ** 66), () => {
    body.return(constant('f64', halfPi).signOf(x));
  });
  body.if(size.is('gt', 1), () => {
    const arc = arcOf(body, one, size);
    const [base, tail] = [constant('f64', halfPi), constant('f64', halfPiTail)];
    body.return(fromBase(body, base, tail, constant('f64', -1), arc).signOf(x));
  });
  const { high, low } = arcOf(body, size, one);
  body.return(high.plus(low).signOf(x));
});

/** Keeps a quotient, but brings its parts to where nothing overflows or loses digits. */
function normalize(body: Body, p: Variable, q: Variable): void {
  const scale = (factor: number): void => {
    body.assign(p, p.times(factor));
    body.assign(q, q.times(factor));
  };
  body.if(q.is('eq', Infinity), () => {
    body.assign(p, constant('f64', 1).where(p.is('eq', Infinity), 0));
    body.assign(q, constant('f64', 1));
  });
  body.if(q.is('eq', 0), () => {
    body.assign(q, constant('f64', 1));
  });
  body.if(q.is('gt', 2 ** 1000), () => {
    scale(2 ** -60);
  });
  body.if(q.is('lt', 2 ** -900), () => {
    scale(2 ** 120);
  });
}

/** The quadrants and signed zeros of Math.atan2. */
export const atan2: Definition = {
  arity: 2,
  write: (body, [y, x]) => {
    body.if(x.is('ne', x).with(y.is('ne', y), i32.or), () => {
      body.return(constant('f64', NaN));
    });
    const steep = body.let(y.abs().is('gt', x.abs()));
    const left = body.let(x.bits().is('lt', 0));
    const p = body.let(x.abs().where(steep, y.abs()));
    const q = body.let(y.abs().where(steep, x.abs()));
    normalize(body, p, q);
    const flat = constant('f64', Math.PI).where(left, 0);
    const flatTail = constant('f64', 2 * halfPiTail).where(left, 0);
    const base = body.let(constant('f64', halfPi).where(steep, flat));
    const tail = body.let(constant('f64', halfPiTail).where(steep, flatTail));
    const factor = constant('f64', -1).where(steep.with(left, i32.xor), 1);
    const angle = fromBase(body, base, tail, body.let(factor), arcOf(body, p, q));
    body.return(angle.signOf(y));
  },
};

/** √(1 − x²), NaN outside of [−1, 1]. */
function complement(x: Term): Term {
  const one = constant('f64', 1);
  return one.minus(x).times(one.plus(x)).sqrt();
}

export const asin = unary((body, x, use) => {
  body.return(...body.call(use('atan2'), [x, complement(x)], ['f64']));
});

export const acos = unary((body, x, use) => {
  body.return(...body.call(use('atan2'), [complement(x), x], ['f64']));
});
