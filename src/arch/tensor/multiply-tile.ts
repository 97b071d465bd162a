/**
 * The inner kernel of a matrix product: a tile of 4 × 8 singles in registers.
 *
 *     c[r][j] += Σ_k a[k][r]·b[k][j]        r < 4, j < 8
 *
 * `a` has 4 and `b` 8 numbers for each k, side by side (packed); `steps` is the number of k's over 4.
 */
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f32x4, i32 } from '../../base/wasm/opcodes.js';

export const tileRows = 4;
export const tileColumns = 8;
/** The packed panels have a multiple of so many k's. */
export const tileUnroll = 4;

/** Adds `tile(a, b, c, bytes of a row of c, steps)`, all addresses in bytes. */
export function emitMultiplyTile(module: WasmModule): void {
  const f = module.function({ params: ['i32', 'i32', 'i32', 'i32', 'i32'], results: [] }, 'tile');
  const [a, b, c, stride, steps] = [0, 1, 2, 3, 4];
  // New locals are zero.
  const sums = Array.from({ length: 2 * tileRows }, () => f.local('v128'));
  const [left, right, factor] = [f.local('v128'), f.local('v128'), f.local('v128')];
  f.loop();
  for (let k = 0; k < tileUnroll; k++) {
    f.get(b)
      .v128Load(32 * k)
      .set(left);
    f.get(b)
      .v128Load(32 * k + 16)
      .set(right);
    for (let r = 0; r < tileRows; r++) {
      f.get(a)
        .v128LoadSplat32(16 * k + 4 * r)
        .set(factor);
      f.get(sums[2 * r])
        .get(factor)
        .get(left)
        .op(f32x4.mul)
        .op(f32x4.add)
        .set(sums[2 * r]);
      f.get(sums[2 * r + 1])
        .get(factor)
        .get(right)
        .op(f32x4.mul)
        .op(f32x4.add);
      f.set(sums[2 * r + 1]);
    }
  }
  f.get(a)
    .i32Const(16 * tileUnroll)
    .op(i32.add)
    .set(a);
  f.get(b)
    .i32Const(32 * tileUnroll)
    .op(i32.add)
    .set(b);
  f.get(steps).i32Const(1).op(i32.sub).tee(steps).brIf(0);
  f.end();
  for (let r = 0; r < tileRows; r++) {
    for (const half of [0, 1]) {
      f.get(c);
      f.get(c)
        .v128Load(16 * half)
        .get(sums[2 * r + half])
        .op(f32x4.add);
      f.v128Store(16 * half);
    }
    f.get(c).get(stride).op(i32.add).set(c);
  }
  f.end();
}
