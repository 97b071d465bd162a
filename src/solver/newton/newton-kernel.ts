/**
 * Newton's iteration of a small circuit as one function in WebAssembly: evaluation of all devices,
 * factorization with the pivots found, solution and convergence test, with the addresses of the
 * circuit's memory and its tolerances in the code. It does what `Newton.solve` does, bit by bit, as
 * long as nothing is out of the ordinary; where something is, it gives up and leaves it to that.
 */
import { compileModule, instantiate, type WasmFunction } from '../../base/wasm/engine.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import { emitLinearKernels, kernelForm, linearScratchBytes } from '../linear/linear-kernels.js';
import { pivotOrder, type Factors } from '../linear/factors.js';
import type { System } from '../system/system.js';
import type { Unknown } from '../system/unknown.js';
import { emitEvaluation, memoryImport, WasmEvaluation } from '../system/wasm-evaluation.js';
import type { Equations } from './equations.js';

/** Part of the tolerances that the first iteration must keep to be the only one. */
export const singleStep = 0.05;

/** And no voltage may have moved by more [V]: a fiftieth of a junction's thermal voltage. */
export const singleVoltage = 5e-4;

function isVoltage({ kind }: Unknown): boolean {
  return kind === 'node' || kind === 'internal';
}

/** Functions that go into the kernel's module and call it, such as several steps at once. */
export interface KernelExtension {
  /** Names what its code depends on, besides the system. */
  readonly key: string;
  /** Names what the module imports for it. */
  declare(module: WasmModule): void;
  emit(module: WasmModule, parts: KernelParts): void;
  readonly imports: Readonly<Record<string, WasmFunction>>;
  /** Takes what the module exports. */
  adopt(functions: Readonly<Record<string, WasmFunction>>): void;
}

/** Indices of functions in the kernel's module. */
export interface KernelParts {
  /** (maxIterations, mustFactor) → iterations, negative if it gave up. */
  readonly iterate: number;
  /** Writes what linear devices put into the matrix. */
  readonly stamp: number;
  readonly finish: number;
}

/** Kernels that a system keeps at most, for when pivots of before are chosen again. */
const mostKept = 16;

/** By the pivots that they are for, and their extension. */
const kept = new WeakMap<System, Map<string, NewtonKernel>>();

export class NewtonKernel {
  #factors: Factors;
  /** Carries charges along the last update; done by `solve` already if no unknown has bounds. */
  readonly finish: () => number;
  readonly #evaluation: WasmEvaluation;
  readonly #solve: (maxIterations: number, mustFactor: number) => number;
  /** Whether the last `solve` factored: a linear circuit keeps its factors with its matrix. */
  factored = false;
  /** Version of the linear stamps that the factors belong to; only of linear circuits. */
  #factored = -1;
  readonly #linear: boolean;
  readonly #initialize: () => void;
  /** What was made into it: not the one asked for, perhaps, but its like. */
  readonly extension: KernelExtension | undefined;

  /** A kernel for the factors that the equations have now, if the circuit is fit for one. */
  static of(equations: Equations, extension?: KernelExtension): NewtonKernel | undefined {
    const { system, solver } = equations;
    const { factors } = solver;
    const { evaluation } = system;
    if (!factors || !(evaluation instanceof WasmEvaluation)) return undefined;
    if (!isFit(equations, factors)) return undefined;
    const known = NewtonKernel.kept(equations, extension);
    if (known) return known;
    const kernel = new NewtonKernel(system, factors, evaluation, extension);
    const all = kept.get(system) ?? new Map<string, NewtonKernel>();
    kept.set(system, all);
    if (all.size < mostKept) all.set(keyOf(factors, extension), kernel);
    return kernel;
  }

  /** The kernel that was made for these pivots earlier: in a run before, or before they changed. */
  static kept(equations: Equations, extension?: KernelExtension): NewtonKernel | undefined {
    const { system, solver } = equations;
    const { factors } = solver;
    const all = kept.get(system);
    if (!factors || !all || !isFit(equations, factors)) return undefined;
    const kernel = all.get(keyOf(factors, extension));
    if (kernel) kernel.#begin(factors);
    return kernel;
  }

  private constructor(
    system: System,
    factors: Factors,
    evaluation: WasmEvaluation,
    extension: KernelExtension | undefined,
  ) {
    this.#factors = factors;
    this.extension = extension;
    this.#evaluation = evaluation;
    this.#linear = system.linear;
    const { memory } = system;
    const engine = memory.engine!;
    const module = new WasmModule(memoryImport(engine));
    extension?.declare(module);
    const models = system.groups.map(({ model }) => model);
    const evaluate = emitEvaluation(module, 'evaluateTransient', models, memory);
    const finish = emitEvaluation(module, 'finishCharges', models, memory, 'finish');
    const linear = emitLinearKernels(module, factors, {
      values: memory.jf.byteOffset + 8,
      rhs: memory.f.byteOffset + 8,
      scratch: memory.scratch.byteOffset,
    });
    const iterate = emitSolve(module, system, { evaluate, finish, ...linear });
    if (extension) {
      const stamp = emitEvaluation(module, 'jacobian', models, memory);
      extension.emit(module, { iterate, stamp, finish });
    }
    const functions = instantiate(compileModule(module.build()), engine, extension?.imports);
    extension?.adopt(functions);
    this.finish = functions.finish;
    this.#solve = functions.solve;
    this.#initialize = () => {
      linear.initialize(memory.buffer);
    };
    this.#initialize();
  }

  /** The factors whose pivots the code has. */
  get factors(): Factors {
    return this.#factors;
  }

  /** Takes other factors with the same pivots; the scratch memory may be another's by now. */
  #begin(factors: Factors): void {
    this.#factors = factors;
    this.#factored = -1;
    this.#initialize();
  }

  /**
   * Iterates from the x in memory. Returns the number of iterations; negative if it gave up: then x
   * and limits are to be restored.
   */
  solve(maxIterations: number): number {
    this.#evaluation.stampLinear();
    const { linearVersion } = this.#evaluation;
    const keeps = this.#linear && this.#factored === linearVersion;
    this.factored = !keeps;
    const iterations = this.#solve(maxIterations, keeps ? 0 : 1);
    this.#factored = iterations > 0 ? linearVersion : -1;
    return iterations;
  }

  /** Before functions of an extension run: whether the matrix must be factored. */
  beginExtension(): boolean {
    this.#evaluation.stampLinear();
    return !this.#linear || this.#factored !== this.#evaluation.linearVersion;
  }

  /** After them: they have stamped linear devices, and factored the matrix if that is `current`. */
  endExtension(current: boolean): void {
    this.#evaluation.takeStamps();
    this.#factored = current ? this.#evaluation.linearVersion : -1;
  }
}

/** Code depends on the pattern, on the order of the pivots and, by constants, on the scales. */
function keyOf(factors: Factors, extension: KernelExtension | undefined): string {
  const { rows, scales } = pivotOrder(factors);
  return `${rows.join()};${scales.join()};${extension?.key ?? ''}`;
}

function isFit({ system, diagonal, anchor, clamps }: Equations, factors: Factors): boolean {
  return (
    system.memory.engine !== undefined &&
    kernelForm(factors) === 'straightLine' &&
    linearScratchBytes(factors) <= system.memory.scratch.byteLength &&
    Number.isNaN(system.options.rshunt) &&
    diagonal === 0 &&
    anchor === 0 &&
    clamps.length === 0 &&
    system.unknowns.every(({ kind }) => kind !== 'derivative')
  );
}

interface Parts {
  readonly evaluate: number;
  readonly finish: number;
  readonly refactor: number;
  readonly solve: number;
}

/** (maxIterations, mustFactor) → iterations, or the negative of them. */
function emitSolve(module: WasmModule, system: System, parts: Parts): number {
  const f = module.function({ params: ['i32', 'i32'], results: ['i32'] }, 'solve');
  const maxIterations = 0;
  const mustFactor = 1;
  const iterations = f.local('i32');
  const vetoes = f.local('i32');
  const residualsFit = f.local('i32');
  const stepFits = f.local('i32');
  const stepIsSmall = f.local('i32');
  const sum = f.local('f64');
  const giveUp = (): unknown => f.i32Const(0).get(iterations).op(i32.sub).return();
  const bounded = system.unknowns.some(({ bounds }) => bounds !== undefined);

  f.loop();
  f.get(iterations).i32Const(1).op(i32.add).set(iterations);
  f.call(parts.evaluate).set(vetoes);
  f.f64Const(0).set(sum);
  emitResiduals(f, system, residualsFit, sum);
  emitMatrixSum(f, system, sum);
  f.get(sum).f64Const(0).op(f64.ne).if();
  giveUp();
  f.end();
  f.get(mustFactor).if();
  f.call(parts.refactor).op(i32.eqz).if();
  giveUp();
  f.end();
  f.end();
  f.call(parts.solve);
  f.f64Const(0).set(sum);
  emitUpdate(f, system, { stepFits, stepIsSmall, sum });
  f.get(sum).f64Const(0).op(f64.ne).if();
  giveUp();
  f.end();

  if (system.linear) f.i32Const(1);
  else {
    f.get(residualsFit).get(stepFits).op(i32.and);
    f.get(iterations).i32Const(2).op(i32.ge).op(i32.and);
    if (system.smooth) f.get(stepIsSmall).op(i32.or);
    f.get(vetoes).op(i32.eqz).op(i32.and);
  }
  f.if();
  if (!bounded) f.call(parts.finish).drop();
  f.get(iterations).return();
  f.end();
  if (!system.linear) {
    // Residuals may be as small as rounding lets them: that is judged elsewhere.
    f.get(stepFits).get(residualsFit).op(i32.eqz).op(i32.and).get(vetoes).op(i32.eqz).op(i32.and);
    f.get(iterations).i32Const(2).op(i32.ge).op(i32.and).if();
    giveUp();
    f.end();
  }
  f.get(iterations).get(maxIterations).op(i32.lt).brIf(0);
  f.end();
  giveUp();
  f.end();
  return f.index;
}

/** Every |r| ≤ reltol·scale + abstol; a sum that is not zero where a residual is not finite. */
function emitResiduals(f: FunctionBuilder, system: System, fits: number, sum: number): void {
  const { f: residual, fScale } = system.memory;
  const value = f.local('f64');
  f.i32Const(1).set(fits);
  for (let u = 1; u <= system.n; u++) {
    const { rowReltol, rowAbstol } = system.unknowns[u];
    f.i32Const(0)
      .f64Load(residual.byteOffset + 8 * u)
      .set(value);
    f.get(value).f64Const(0).op(f64.mul).get(sum).op(f64.add).set(sum);
    f.get(value).op(f64.abs);
    f.f64Const(rowReltol)
      .i32Const(0)
      .f64Load(fScale.byteOffset + 8 * u)
      .op(f64.mul);
    f.f64Const(rowAbstol).op(f64.add);
    f.op(f64.le).get(fits).op(i32.and).set(fits);
  }
}

function emitMatrixSum(f: FunctionBuilder, { memory: { jf } }: System, sum: number): void {
  for (let p = 1; p < jf.length; p++)
    f.i32Const(0)
      .f64Load(jf.byteOffset + 8 * p)
      .f64Const(0)
      .op(f64.mul)
      .get(sum)
      .op(f64.add)
      .set(sum);
}

/** x ← x + Δx, and whether every change is within its tolerance, and within a part of it. */
function emitUpdate(
  f: FunctionBuilder,
  system: System,
  { stepFits, stepIsSmall, sum }: { stepFits: number; stepIsSmall: number; sum: number },
): void {
  const { f: solution, x, delta } = system.memory;
  const change = f.local('f64');
  const before = f.local('f64');
  const next = f.local('f64');
  const tolerance = f.local('f64');
  f.i32Const(1).set(stepFits);
  f.i32Const(1).set(stepIsSmall);
  for (let u = 1; u <= system.n; u++) {
    const { reltol, abstol } = system.unknowns[u];
    f.i32Const(0)
      .f64Load(solution.byteOffset + 8 * u)
      .op(f64.neg)
      .set(change);
    f.i32Const(0)
      .f64Load(x.byteOffset + 8 * u)
      .tee(before)
      .get(change)
      .op(f64.add)
      .set(next);
    f.f64Const(reltol).get(next).op(f64.abs).get(before).op(f64.abs).op(f64.max).op(f64.mul);
    f.f64Const(abstol).op(f64.add).set(tolerance);
    f.i32Const(0)
      .get(change)
      .f64Store(delta.byteOffset + 8 * u);
    f.i32Const(0)
      .get(next)
      .f64Store(x.byteOffset + 8 * u);
    f.get(next).f64Const(0).op(f64.mul).get(sum).op(f64.add).set(sum);
    f.get(change).op(f64.abs).tee(change).get(tolerance).op(f64.le);
    f.get(stepFits).op(i32.and).set(stepFits);
    if (system.linkage.nonlinearColumn[u] === 0) continue;
    f.get(change).f64Const(singleStep).get(tolerance).op(f64.mul);
    if (isVoltage(system.unknowns[u])) f.f64Const(singleVoltage).op(f64.min);
    f.op(f64.le);
    f.get(stepIsSmall).op(i32.and).set(stepIsSmall);
  }
}
