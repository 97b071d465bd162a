import { Body, Term, constant } from '../../base/wasm/formula.js';
import type { Variable } from '../../base/wasm/formula.js';

/** Statements over lists and numbers in linear memory; loops test at their end. */
export class KernelBody extends Body {
  store(address: Term, offset: number, value: Term): void {
    address.emit(this.builder);
    value.emit(this.builder);
    this.builder.f64Store(offset);
  }

  /** Stores two doubles. */
  storePair(address: Term, offset: number, value: Term): void {
    address.emit(this.builder);
    value.emit(this.builder);
    this.builder.v128Store(offset);
  }

  /** Stores 0. */
  clear(address: Term, offset: number): void {
    this.store(address, offset, constant('f64', 0));
  }

  override while(condition: Term, step: () => void): void {
    this.if(condition, () => {
      this.builder.loop();
      step();
      condition.emit(this.builder);
      this.builder.brIf(0).end();
    });
  }

  /** Counts a variable from `start` up to `end` in steps of `step`. */
  for(start: Term, end: Term, step: number, each: (variable: Variable) => void): void {
    const variable = this.let(start);
    this.while(variable.is('lt', end), () => {
      each(variable);
      this.assign(variable, variable.plus(step));
    });
  }
}

/** The i32 at an address plus a constant. */
export function loadIndex(address: Term, offset: number): Term {
  return new Term('i32', (f) => {
    address.emit(f);
    f.i32Load(offset);
  });
}

/** Two doubles from an address plus a constant. */
export function loadPair(address: Term, offset: number): Term {
  return new Term('v128', (f) => {
    address.emit(f);
    f.v128Load(offset);
  });
}
