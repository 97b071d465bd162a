/** Philox4x32-10 in WebAssembly: the same words as `base/random.ts` gives. */
import type { Body, Term, Variable } from '../../../base/wasm/formula.js';
import { i32, i64 } from '../../../base/wasm/opcodes.js';

const rounds = 10;
const multipliers = [0xd2511f53n, 0xcd9e8d57n] as const;
const keySteps = [0x9e3779b9, 0xbb67ae85] as const;

/** Writes the computation of the four words of a counter; the key is a constant. */
export function philoxFormula(
  body: Body,
  counter: readonly [Term, Term, Term, Term],
  key: readonly [number, number],
): readonly [Variable, Variable, Variable, Variable] {
  let [c0, c1, c2, c3] = counter.map((word) => body.let(word));
  let [k0, k1] = key.map((word) => word | 0);
  for (let round = 0; round < rounds; round++) {
    const first = body.let(c0.apply(i64.fromU32, 'i64').times(multipliers[0]));
    const second = body.let(c2.apply(i64.fromU32, 'i64').times(multipliers[1]));
    c0 = body.let(upperWord(second).with(c1, i32.xor).with(k0, i32.xor));
    c2 = body.let(upperWord(first).with(c3, i32.xor).with(k1, i32.xor));
    c1 = body.let(second.low());
    c3 = body.let(first.low());
    k0 = (k0 + keySteps[0]) | 0;
    k1 = (k1 + keySteps[1]) | 0;
  }
  return [c0, c1, c2, c3];
}

function upperWord(product: Term): Term {
  return product.shrUnsigned(32n).low();
}
