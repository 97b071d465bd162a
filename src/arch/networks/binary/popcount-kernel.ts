/**
 * Sums of inputs by ±1 weights by counting bits: an input is a sign and the bits of its size, so that
 *
 *     Σ x w = Σ_b 2^b (|m_b| − 2 |(s ⊕ w) ∧ m_b|)
 *
 * with the plane m_b of all bits b. For inputs of ±1 there is one plane, and it is full: XNOR and
 * count (Majumdar et al. 2021, (8)); zeros beyond the edge of an image are zeros of the plane.
 */
import { Body, constant, Term, type Variable } from '../../../base/wasm/formula.js';
import { WasmModule } from '../../../base/wasm/module-builder.js';
import { i64 } from '../../../base/wasm/opcodes.js';

/**
 * `count(signs, plane, weights, sums, rows, outputs, words, shift)`, addresses in bytes: adds
 * 2^shift times the sum over one plane to sums[row][output] (words of 32 bits). A row of signs, plane
 * or weights has `words` words of 64 bits.
 */
export function popcountModule(pages: number): WasmModule {
  const module = new WasmModule({ initial: pages });
  const params = Array<'i32'>(8).fill('i32');
  const f = module.function({ params, results: [] }, 'count');
  const body = new Body(f);
  const [signs, plane, weights, sums, rows, outputs, words, shift] = params.map((type, k) =>
    body.operand(type, k),
  );
  const rowBytes = body.let(words.shl(3));
  const row = body.let(constant('i32', 0));
  const sign = body.let(signs);
  const mask = body.let(plane);
  const sum = body.let(sums);
  body.while(row.is('lt', rows), () => {
    const all = body.let(constant('i64', 0));
    forEachWord(body, rowBytes, (at) => {
      body.assign(all, all.plus(count(word(mask, at))));
    });
    const weight = body.let(weights);
    const output = body.let(constant('i32', 0));
    body.while(output.is('lt', outputs), () => {
      const different = body.let(constant('i64', 0));
      forEachWord(body, rowBytes, (at) => {
        const unequal = word(sign, at).with(word(weight, at), i64.xor);
        body.assign(different, different.plus(count(unequal.and(word(mask, at)))));
      });
      const value = all.minus(different.shl(1)).low().shl(shift);
      const before = new Term('i32', () => {
        sum.emit(f);
        f.i32Load();
      });
      sum.emit(f);
      before.plus(value).emit(f);
      f.i32Store();
      body.assign(sum, sum.plus(4));
      body.assign(weight, weight.plus(rowBytes));
      body.assign(output, output.plus(1));
    });
    body.assign(sign, sign.plus(rowBytes));
    body.assign(mask, mask.plus(rowBytes));
    body.assign(row, row.plus(1));
  });
  f.end();
  return module;
}

const word = (start: Term, at: Term): Term => start.plus(at).loadI64(0);
const count = (bits: Term): Term => bits.apply(i64.popcnt);

function forEachWord(body: Body, rowBytes: Term, step: (at: Variable) => void): void {
  const at = body.let(constant('i32', 0));
  body.while(at.is('lt', rowBytes), () => {
    step(at);
    body.assign(at, at.plus(8));
  });
}
