/**
 * Factorization and solution of several matrices of one pattern side by side (sweeps, Monte Carlo):
 * lists are read once for all lanes, and two lanes are computed by one instruction. Each lane has the
 * bits of `refactor` and `solve`.
 */
import type { Term, Variable } from '../../base/wasm/formula.js';
import { constant } from '../../base/wasm/formula.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64x2, i32, i64x2, v128 } from '../../base/wasm/opcodes.js';
import type { FactorStructure } from './factors.js';
import { loadIndex } from './kernel-body.js';
import type { KernelAddresses } from './kernel-layout.js';
import type { Lanes } from './lane-body.js';
import { LaneBody, absolute, zip } from './lane-body.js';
import type { LaneCount, LaneLayout } from './lane-layout.js';
import { laneLayout, writeLaneLists } from './lane-layout.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances } from './refactor.js';

/** Values and right-hand sides are f64 [nnz][lanes] and f64 [n][lanes]. */
export interface LaneKernels {
  /** Index of `(): i32`: factors all lanes; bit l of the result tells whether lane l's pivots hold. */
  readonly refactor: number;
  /** Index of `(): void`: solves in place; lanes whose pivots do not hold get numbers of no meaning. */
  readonly solve: number;
  /** Writes lists into the scratch memory: once for every memory, before the first call. */
  initialize(memory: ArrayBufferLike): void;
}

/** Bytes that the kernels need from `scratch` on. */
export function laneScratchBytes(structure: FactorStructure, lanes: LaneCount): number {
  return laneLayout(structure, { values: 0, rhs: 0, scratch: 0 }, lanes).end;
}

/** Adds the kernels to a module; see `emitLinearKernels`. */
export function emitLaneKernels(
  module: WasmModule,
  structure: FactorStructure,
  addresses: KernelAddresses,
  lanes: LaneCount,
  tolerances: RefactorTolerances = defaultRefactorTolerances,
): LaneKernels {
  const layout = laneLayout(structure, addresses, lanes);
  return {
    refactor: emitRefactor(module, structure, layout, tolerances),
    solve: emitSolve(module, structure, layout),
    initialize: (memory) => {
      writeLaneLists(memory, structure, layout);
    },
  };
}

const zero = constant('i32', 0);

function emitRefactor(
  module: WasmModule,
  structure: FactorStructure,
  layout: LaneLayout,
  tolerances: RefactorTolerances,
): number {
  const builder = module.function({ params: [], results: ['i32'] });
  const body = new LaneBody(builder, layout);
  const nothing = body.splat(0);
  const one = body.splat(1);
  const tests = beginTests(body, tolerances);

  // Above the blocks: a copy.
  const sum = body.letLanes(nothing);
  body.for(zero, constant('i32', 16 * structure.outsideSlots.length), 16, (entry) => {
    const value = body.letLanes(scaled(body, layout, entry, layout.outside));
    body.storeLanes(loadIndex(entry, layout.outside), layout.upper, value);
    body.assignLanes(sum, zip(sum, value, f64x2.add));
  });
  tests.demand(zip(absolute(sum), tests.infinity, f64x2.lt));

  const entry = body.let(zero);
  const t = body.let(zero);
  const lower = body.let(zero);
  body.for(zero, constant('i32', 16 * structure.n), 16, (k) => {
    const place = body.let(body.placeOf(k, 16));

    // x := S·A(:, k)
    const entryEnd = body.let(loadIndex(k, layout.columns));
    body.while(entry.is('lt', entryEnd), () => {
      const value = scaled(body, layout, entry, layout.inside);
      body.storeLanes(loadIndex(entry, layout.inside), layout.work, value);
      body.assign(entry, entry.plus(16));
    });

    // U(:, k) and the elimination
    const above = body.letLanes(nothing);
    const upperEnd = body.let(loadIndex(k, layout.columns + 4));
    body.while(t.is('lt', upperEnd), () => {
      const position = body.let(loadIndex(t, layout.upperRows));
      const from = body.let(body.placeOf(position, 16));
      const u = body.letLanes(body.load(from, layout.work));
      body.storeLanes(from, layout.work, nothing);
      body.storeLanes(body.let(body.placeOf(t, 4)), layout.upper, u);
      body.assignLanes(above, zip(above, absolute(u), f64x2.add));
      body.update('lower', position, u);
      body.assign(t, t.plus(4));
    });
    body.assign(t, loadIndex(k, layout.columns + 8));

    // L(:, k)
    const pivot = body.letLanes(body.load(place, layout.work));
    const inverse = body.letLanes(zip(one, pivot, f64x2.div));
    body.storeLanes(place, layout.work, nothing);
    body.storeLanes(place, layout.inversePivots, inverse);
    const below = body.letLanes(nothing);
    const lowerEnd = body.let(loadIndex(k, layout.columns + 12));
    body.while(lower.is('lt', lowerEnd), () => {
      const row = body.let(body.placeOf(loadIndex(lower, layout.lowerRows), 16));
      const value = body.letLanes(body.load(row, layout.work));
      body.storeLanes(row, layout.work, nothing);
      body.assignLanes(below, zip(below, absolute(value), f64x2.add));
      const quotient = zip(value, inverse, f64x2.mul);
      body.storeLanes(body.let(body.placeOf(lower, 4)), layout.lower, quotient);
      body.assign(lower, lower.plus(4));
    });
    tests.demandPivot({ pivot: body.letLanes(absolute(pivot)), inverse, above, below });
  });
  body.return(tests.verdict());
  builder.end();
  return builder.index;
}

/** Entries of A times their scale, from a record. */
function scaled(body: LaneBody, { values }: LaneLayout, entry: Term, records: number): Lanes {
  const scale = body.splat(entry.loadF64(records + 8));
  const slot = body.let(loadIndex(entry, records + 4));
  return zip(body.load(slot, values), scale, f64x2.mul);
}

interface PivotColumn {
  /** Its magnitude. */
  readonly pivot: Lanes;
  readonly inverse: Lanes;
  readonly above: Lanes;
  readonly below: Lanes;
}

interface Tests {
  readonly infinity: Lanes;
  demand(condition: Lanes): void;
  demandPivot(column: PivotColumn): void;
  /** One bit a lane. */
  verdict(): Term;
}

/** The tests of `refactor`, lane by lane. */
function beginTests(body: LaneBody, { growth, cancellation }: RefactorTolerances): Tests {
  const nothing = body.splat(0);
  const infinity = body.splat(Infinity);
  const growths = body.splat(growth);
  const cancellations = body.splat(cancellation);
  const fit: Lanes<Variable> = body.letLanes(zip(nothing, nothing, f64x2.eq));
  const demand = (condition: Lanes): void => {
    body.assignLanes(fit, zip(fit, condition, v128.and));
  };
  return {
    infinity,
    demand,
    demandPivot: ({ pivot, inverse, above, below }) => {
      demand(zip(pivot, zip(below, growths, f64x2.mul), f64x2.ge));
      demand(zip(pivot, zip(above, cancellations, f64x2.mul), f64x2.gt));
      demand(zip(pivot, infinity, f64x2.lt));
      demand(zip(absolute(inverse), infinity, f64x2.lt));
    },
    verdict: () =>
      fit
        .map((pair, i) => pair.apply(i64x2.bitmask, 'i32').shl(2 * i))
        .reduce((bits, next) => bits.with(next, i32.or)),
  };
}

function emitSolve(
  module: WasmModule,
  { n, blockBoundaries }: FactorStructure,
  layout: LaneLayout,
): number {
  const builder = module.function({ params: [], results: [] });
  const body = new LaneBody(builder, layout);
  const nothing = body.splat(0);
  body.for(zero, constant('i32', 16 * n), 16, (k) => {
    const scale = body.splat(k.loadF64(layout.permutations + 8));
    const row = body.let(loadIndex(k, layout.permutations));
    const place = body.let(body.placeOf(k, 16));
    body.storeLanes(place, layout.work, zip(body.load(row, layout.rhs), scale, f64x2.mul));
  });
  const block = body.let(constant('i32', 8 * (blockBoundaries.length - 1)));
  body.while(block.is('gt', 0), () => {
    body.assign(block, block.minus(8));
    const start = body.let(loadIndex(block, layout.blocks));
    const last = body.let(loadIndex(block, layout.blocks + 4).minus(16));
    body.for(start, last, 16, (k) => {
      const place = body.let(body.placeOf(k, 16));
      body.update('lower', k, body.letLanes(body.load(place, layout.work)));
    });
    const k = body.let(last);
    body.while(k.is('ge', start), () => {
      const place = body.let(body.placeOf(k, 16));
      const inverse = body.load(place, layout.inversePivots);
      const y = body.letLanes(zip(body.load(place, layout.work), inverse, f64x2.mul));
      body.storeLanes(place, layout.work, nothing);
      const column = body.let(loadIndex(k, layout.permutations + 4));
      body.storeLanes(column, layout.rhs, y);
      body.update('upper', k, y);
      body.assign(k, k.minus(16));
    });
  });
  builder.end();
  return builder.index;
}
