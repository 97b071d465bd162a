/** What a check has found, and the call in the model that it is about. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  /** `I`, `V`, `rate` or `set`, and the names that stand first in it. */
  readonly call: 'I' | 'V' | 'rate' | 'set';
  readonly names: readonly string[];
}
