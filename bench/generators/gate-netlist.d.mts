export class GateNetlist {
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly name: string; readonly signal: string }[];
  readonly transistors: number;
  evaluate(values: Readonly<Record<string, boolean>>): Record<string, boolean>;
}
