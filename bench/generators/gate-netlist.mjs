/** Cells that implement gates in static CMOS, and what they compute. Transistors: two an input. */
const functions = {
  not: ([a]) => !a,
  nand: (values) => !values.every(Boolean),
  nor: (values) => !values.some(Boolean),
};

/** Inputs that a cell has at most: more in series would be slow. */
const mostInputs = 4;

/**
 * A combinational circuit of inverters, NAND and NOR gates of up to four inputs; all other functions
 * are made of these. Signals are names, of inputs or of gates' outputs.
 */
export class GateNetlist {
  inputs = [];
  /** [{ name, signal }] */
  outputs = [];
  /** [{ kind, inputs, output }], drivers before what they drive. */
  gates = [];

  input(name) {
    this.inputs.push(name);
    return name;
  }

  /** Inputs `name0` … `name<count − 1>`. */
  bus(name, count) {
    return Array.from({ length: count }, (_, k) => this.input(`${name}${k}`));
  }

  output(name, signal) {
    this.outputs.push({ name, signal });
  }

  not(a) {
    return this.#gate('not', [a]);
  }

  nand(...signals) {
    return signals.length <= mostInputs
      ? this.#gate('nand', signals)
      : this.nand(...this.#inFours(signals, (four) => this.and(...four)));
  }

  nor(...signals) {
    return signals.length <= mostInputs
      ? this.#gate('nor', signals)
      : this.nor(...this.#inFours(signals, (four) => this.or(...four)));
  }

  and(...signals) {
    return signals.length === 1 ? signals[0] : this.not(this.nand(...signals));
  }

  or(...signals) {
    return signals.length === 1 ? signals[0] : this.not(this.nor(...signals));
  }

  /** Of two signals by four NAND gates, of more as a tree. */
  xor(...signals) {
    if (signals.length === 1) return signals[0];
    if (signals.length > 2) {
      const half = signals.length >> 1;
      return this.xor(this.xor(...signals.slice(0, half)), this.xor(...signals.slice(half)));
    }
    const [a, b] = signals;
    const both = this.nand(a, b);
    return this.nand(this.nand(a, both), this.nand(b, both));
  }

  /** `whenTrue` where the choice is true. */
  choose(choice, whenTrue, whenFalse) {
    return this.nand(this.nand(choice, whenTrue), this.nand(this.not(choice), whenFalse));
  }

  get transistors() {
    return this.gates.reduce((sum, { inputs }) => sum + 2 * inputs.length, 0);
  }

  /**
   * The outputs' values by name.
   * @param values of the inputs by name
   */
  evaluate(values) {
    const known = new Map(Object.entries(values));
    for (const { kind, inputs, output } of this.gates)
      known.set(output, functions[kind](inputs.map((name) => known.get(name))));
    return Object.fromEntries(this.outputs.map(({ name, signal }) => [name, known.get(signal)]));
  }

  #gate(kind, inputs) {
    const output = `n${this.gates.length + 1}`;
    this.gates.push({ kind, inputs, output });
    return output;
  }

  #inFours(signals, join) {
    const groups = [];
    for (let k = 0; k < signals.length; k += mostInputs)
      groups.push(join(signals.slice(k, k + mostInputs)));
    return groups;
  }
}
