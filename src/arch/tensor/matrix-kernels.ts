/**
 * Products of matrices of singles, by WebAssembly's vectors, in a memory of their own. The loops are
 * those of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3),
 * 2008: parts of both matrices are packed so that the inner kernel reads them in order. The sum over k
 * has the same order whatever the other sizes are, so that parts of a batch have the bits of the whole.
 */
import { compileModule, createMemory, instantiate } from '../../base/wasm/engine.js';
import type { WasmFunction, WasmMemory } from '../../base/wasm/engine.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import { emitMultiplyTile, tileColumns, tileRows, tileUnroll } from './multiply-tile.js';

/** So many k's at a time: a panel of each matrix then stays in the first cache. */
const depth = 256;
/** Rows of a that are packed at a time. */
const height = 64;
const pageBytes = 65536;

/** `c` = op(`a`)·op(`b`), or added to `c`; all are row by row. */
export interface Product {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly c: Float32Array;
  /** Rows of c. */
  readonly m: number;
  /** Columns of c. */
  readonly n: number;
  /** What is summed over. */
  readonly k: number;
  /** `a` is stored as k × m. */
  readonly transposeA?: boolean;
  /** `b` is stored as n × k. */
  readonly transposeB?: boolean;
  /** Adds to what is in c. */
  readonly accumulate?: boolean;
}

/** Arrays and products in one memory of `bytes`. */
export class MatrixKernels {
  /** Further kernels may work in it, on arrays of `array`. */
  readonly memory: WasmMemory;
  readonly #buffer: ArrayBufferLike;
  readonly #tile: WasmFunction;
  readonly #packedA: Float32Array;
  readonly #edge: Float32Array;
  #packedB: Float32Array;
  #used = 0;

  constructor(bytes: number) {
    const pages = Math.ceil(bytes / pageBytes) + 8;
    const module = new WasmModule({ initial: pages });
    emitMultiplyTile(module);
    this.memory = createMemory(pages);
    this.#buffer = this.memory.buffer;
    this.#tile = instantiate(compileModule(module.build()), this.memory).tile;
    this.#packedA = this.array(height * depth);
    this.#edge = this.array(tileRows * tileColumns);
    this.#packedB = this.array(0);
  }

  /** A new array of zeros; it lives as long as the kernels. Throws a `RangeError` beyond `bytes`. */
  array(length: number): Float32Array {
    const start = this.#used;
    // Rows of vectors begin at multiples of 16 bytes.
    this.#used += Math.ceil(length / 4) * 16;
    if (this.#used > this.#buffer.byteLength) throw new RangeError('the memory is too small');
    return new Float32Array(this.#buffer, start, length);
  }

  /** Space that products with up to `columns` columns need; to be had once, before the arrays. */
  reserve(columns: number): void {
    const length = Math.ceil(columns / tileColumns) * tileColumns * depth;
    if (this.#packedB.length < length) this.#packedB = this.array(length);
  }

  /** Bytes that `reserve` takes. */
  static reservedBytes(columns: number): number {
    return Math.ceil(columns / tileColumns) * tileColumns * depth * 4;
  }

  /** Arrays must be of this memory; no array may be part of another. */
  multiply(product: Product): void {
    const { c, m, n, k, accumulate = false } = product;
    this.reserve(n);
    if (!accumulate) c.fill(0, 0, m * n);
    for (let from = 0; from < k; from += depth) {
      const count = Math.min(depth, k - from);
      const padded = Math.ceil(count / tileUnroll) * tileUnroll;
      this.#packB(product, from, count, padded);
      for (let row = 0; row < m; row += height) {
        const rows = Math.min(height, m - row);
        this.#packA(product, row, rows, from, count, padded);
        this.#tiles(c, row, rows, n, padded);
      }
    }
  }

  #tiles(c: Float32Array, row: number, rows: number, n: number, padded: number): void {
    const steps = padded / tileUnroll;
    const edge = this.#edge;
    for (let j = 0; j < n; j += tileColumns) {
      const b = this.#packedB.byteOffset + j * padded * 4;
      for (let i = 0; i < rows; i += tileRows) {
        const a = this.#packedA.byteOffset + i * padded * 4;
        const place = (row + i) * n + j;
        if (i + tileRows <= rows && j + tileColumns <= n) {
          this.#tile(a, b, c.byteOffset + 4 * place, 4 * n, steps);
          continue;
        }
        edge.fill(0);
        this.#tile(a, b, edge.byteOffset, 4 * tileColumns, steps);
        for (let r = 0; r < Math.min(tileRows, rows - i); r++)
          for (let s = 0; s < Math.min(tileColumns, n - j); s++)
            c[place + r * n + s] += edge[r * tileColumns + s];
      }
    }
  }

  /** Rows in groups of four: the four numbers of one k side by side, zeros beyond the end. */
  #packA(
    { a, m, k, transposeA = false }: Product,
    row: number,
    rows: number,
    from: number,
    count: number,
    padded: number,
  ): void {
    const [rowStride, depthStride] = transposeA ? [1, m] : [k, 1];
    pack(this.#packedA, a, tileRows, {
      lines: rows,
      start: row * rowStride + from * depthStride,
      lineStride: rowStride,
      depthStride,
      count,
      padded,
    });
  }

  /** Columns in groups of eight, likewise. */
  #packB(
    { b, n, k, transposeB = false }: Product,
    from: number,
    count: number,
    padded: number,
  ): void {
    const [columnStride, depthStride] = transposeB ? [k, 1] : [1, n];
    pack(this.#packedB, b, tileColumns, {
      lines: n,
      start: from * depthStride,
      lineStride: columnStride,
      depthStride,
      count,
      padded,
    });
  }
}

interface Part {
  /** Rows of a or columns of b. */
  readonly lines: number;
  readonly start: number;
  readonly lineStride: number;
  readonly depthStride: number;
  readonly count: number;
  readonly padded: number;
}

function pack(packed: Float32Array, source: Float32Array, group: number, part: Part): void {
  const { lines, start, lineStride, depthStride, count, padded } = part;
  for (let first = 0; first < lines; first += group) {
    const base = first * padded;
    const there = Math.min(group, lines - first);
    if (there < group || count < padded) packed.fill(0, base, base + group * padded);
    for (let line = 0; line < there; line++) {
      let from = start + (first + line) * lineStride;
      let to = base + line;
      for (let k = 0; k < count; k++, from += depthStride, to += group) packed[to] = source[from];
    }
  }
}
