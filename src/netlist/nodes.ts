/** The nodes of a flat circuit; ground, `0` or `gnd`, is node 0. */
export class NodeTable {
  readonly names: string[] = ['0'];
  readonly #indices = new Map<string, number>([
    ['0', 0],
    ['gnd', 0],
  ]);
  /** Nodes that a terminal is connected to; others are only read. */
  readonly #connected: boolean[] = [true];

  /** Xyce writes `x1:n` for `x1.n`. */
  find(name: string): number | undefined {
    const known = this.#indices.get(name);
    if (known !== undefined || !name.includes(':')) return known;
    return this.#indices.get(name.replaceAll(':', '.'));
  }

  /** The node of this full name, for reading its voltage. */
  mention(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    const index = this.names.length;
    this.names.push(name);
    this.#indices.set(name, index);
    return index;
  }

  /** The node of this full name, for a terminal. */
  connect(name: string): number {
    const index = this.mention(name);
    this.#connected[index] = true;
    return index;
  }

  isConnected(index: number): boolean {
    return this.#connected[index] ?? false;
  }

  /** Names of nodes that something is connected to. */
  *connectedNames(): Iterable<string> {
    for (let i = 0; i < this.names.length; i++) if (this.#connected[i]) yield this.names[i];
  }
}
