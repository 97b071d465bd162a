/**
 * Where a circuit's shares have their lists and places in its memory: behind all else, so that
 * checkpoints do not depend on them. Kernels reach a place as they reach an unknown or an entry, by an
 * index that counts from the beginning of the array: it points far behind the array's end.
 */
import type { SystemMemory } from './memory.js';
import { summingPlans, type Shares, type Sums, type SummingPlan } from './shares.js';

/** Numbers through which threads agree, each in a cache line of its own: bytes from `control` on. */
export const controlWords = {
  /** Rises with every evaluation: whoever waits begins. */
  round: 0,
  /** Counts the threads that have begun to listen. */
  ready: 64,
  /** The share that is to be taken next, and how many are done. */
  next: 128,
  done: 192,
  /** Of all shares of this round. */
  vetoes: 256,
  /** Which evaluation this is; −1 ends the threads. */
  command: 320,
  size: 384,
} as const;

/** Byte addresses of a list of sums: records of 8 bytes (target · 8, end · 4), and places · 8. */
export interface SumAddresses {
  readonly records: number;
  readonly count: number;
  readonly places: number;
}

export interface ShareAddresses {
  readonly control: number;
  /** [groups] i32 [shares + 1] */
  readonly bounds: readonly number[];
  /** Records of 8 bytes: place · 8 and unknown · 8; i32 [shares + 1] their ends. */
  readonly copies: number;
  readonly copyBounds: number;
  /** i32 [shares + 1] where a share's places of entries end, in bytes. */
  readonly entryBounds: Readonly<Record<SummingPlan, number>>;
  /** First place of an entry. */
  readonly entries: number;
  readonly sums: Readonly<Record<SummingPlan, Readonly<Record<keyof PlanSums, SumAddresses>>>>;
}

type PlanSums = Shares['sums'][SummingPlan];
const summed = ['f', 'fScale', 'jf'] as const;

const cacheLine = 64;

/** Bytes that the shares of a system with n unknowns need. */
export function shareBytes(shares: Shares, n: number): number {
  return new Layout(shares, 4 * (n + 1), 0).end + cacheLine;
}

/**
 * Writes lists and index tables into the memory behind `memory.behind`.
 * @returns the addresses, and the index tables by group
 */
export function placeShares(
  shares: Shares,
  memory: SystemMemory,
): { readonly addresses: ShareAddresses; readonly tables: readonly Int32Array[] } {
  const { buffer, behind, x, jf, fScale } = memory;
  const span = (fScale.byteOffset - x.byteOffset) / 8 + fScale.length;
  const layout = new Layout(shares, span, behind);
  const write = (address: number, numbers: Int32Array): Int32Array => {
    const view = new Int32Array(buffer, address, numbers.length);
    view.set(numbers);
    return view;
  };
  // A block of places repeats all arrays of rows: x, f, and what lies between, stay equally far apart.
  const firstRow = (layout.rows - x.byteOffset) / 8;
  const rowIndex = (place: number): number =>
    firstRow + Math.floor(place / x.length) * span + (place % x.length);
  const firstEntry = (layout.addresses.entries - jf.byteOffset) / 8;
  const entryIndex = (place: number): number => firstEntry + place;

  const { addresses } = layout;
  addresses.bounds.forEach((address, k) => write(address, shares.bounds[k]));
  write(
    addresses.copyBounds,
    shares.copyBounds.map((place) => 8 * place),
  );
  write(
    addresses.copies,
    Int32Array.from({ length: 2 * shares.copies.length }, (_, p) =>
      p % 2 === 0 ? 8 * rowIndex(p / 2) : 8 * shares.copies[(p - 1) / 2],
    ),
  );
  for (const plan of summingPlans) {
    write(
      addresses.entryBounds[plan],
      shares.entryBounds[plan].map((place) => 8 * place),
    );
    for (const array of summed) {
      const sums = shares.sums[plan][array];
      const { records, places } = addresses.sums[plan][array];
      const index = array === 'jf' ? entryIndex : rowIndex;
      write(records, recordsOf(sums));
      write(
        places,
        sums.places.map((place) => 8 * index(place)),
      );
    }
  }
  const tables = shares.tables.map((table, k) => {
    const placed = table.map((index, p) => {
      if (index >= 0) return index;
      return p < shares.rowEnds[k] ? rowIndex(~index) : entryIndex(~index);
    });
    return write(layout.tables[k], placed);
  });
  return { addresses, tables };
}

function recordsOf({ targets, ends }: Sums): Int32Array {
  const records = new Int32Array(2 * targets.length);
  targets.forEach((target, k) => {
    records[2 * k] = 8 * target;
    records[2 * k + 1] = 4 * ends[k];
  });
  return records;
}

class Layout {
  readonly addresses: ShareAddresses;
  /** [groups] */
  readonly tables: readonly number[];
  /** First block of places of rows. */
  readonly rows: number;
  readonly end: number;

  /** @param span doubles of a block of rows */
  constructor(shares: Shares, span: number, start: number) {
    let end = Math.ceil(start / cacheLine) * cacheLine;
    const take = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 8) * 8;
      return at;
    };
    const control = take(controlWords.size);
    const words = (list: Int32Array): number => take(4 * list.length);
    const sumsOf = ({ targets, places }: Sums): SumAddresses => ({
      records: take(8 * targets.length),
      count: targets.length,
      places: words(places),
    });
    const of = (plan: SummingPlan): Record<keyof PlanSums, SumAddresses> => ({
      f: sumsOf(shares.sums[plan].f),
      fScale: sumsOf(shares.sums[plan].fScale),
      jf: sumsOf(shares.sums[plan].jf),
    });
    const { evaluateStatic, evaluateTransient } = shares.entryBounds;
    const places = Math.max(evaluateStatic[shares.count], evaluateTransient[shares.count]);
    const blocks = Math.ceil(shares.copies.length / (span / 4));
    this.addresses = {
      control,
      bounds: shares.bounds.map(words),
      copies: take(8 * shares.copies.length),
      copyBounds: words(shares.copyBounds),
      entryBounds: {
        evaluateStatic: words(evaluateStatic),
        evaluateTransient: words(evaluateTransient),
      },
      sums: { evaluateStatic: of('evaluateStatic'), evaluateTransient: of('evaluateTransient') },
      entries: take(8 * places),
    };
    this.tables = shares.tables.map(words);
    this.rows = take(8 * span * blocks);
    this.end = end;
  }
}
