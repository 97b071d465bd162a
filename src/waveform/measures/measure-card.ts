/**
 * `.meas` cards as measures read them. The netlist's own cards have this form: results can be
 * measured without a netlist, so that the form is stated here.
 */
import type { Span } from '../../base/index.js';
import type { Expression } from '../../expression/index.js';

export interface MeasureCardForm {
  /** `tran`, `ac`, `dc` …; absent: any analysis. */
  readonly analysis?: string;
  readonly name: string;
  readonly items: readonly MeasureItemForm[];
  readonly span: Span;
}

/** `trig` or `v(out)`; `val=0.5`; `v(out)=0.5` (as `when` has it). */
export type MeasureItemForm =
  | (OperandForm & { readonly kind: 'operand' })
  | { readonly kind: 'setting'; readonly name: string; readonly value: OperandForm }
  | { readonly kind: 'equation'; readonly left: OperandForm; readonly right: OperandForm };

export interface OperandForm {
  /** As written, lower case, without blanks. */
  readonly text: string;
  /** Absent where the word means nothing in the circuit, as most keywords do. */
  readonly expression?: Expression;
  /** Set where it is a constant. */
  readonly value?: number;
  readonly span: Span;
}
