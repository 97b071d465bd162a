import type { CharacterizeProgress } from '../../arch/characterize/index.js';

/** Between two drawings [ms]. */
const pause = 100;

/** One line at the bottom of a terminal: phase, knots, error, simulations. */
export class CharacterizeLine {
  readonly #stream: NodeJS.WritableStream | undefined;
  #drawn = 0;

  /** Without a stream nothing is ever drawn. */
  constructor(stream: NodeJS.WritableStream | undefined) {
    this.#stream = stream;
  }

  update(progress: CharacterizeProgress): void {
    const now = performance.now();
    if (!this.#stream || now - this.#drawn < pause) return;
    this.#drawn = now;
    this.#stream.write(`\r\u001b[K${describeCharacterize(progress)}`);
  }

  /** Takes the line off the terminal. */
  end(): void {
    if (this.#drawn > 0) this.#stream?.write('\r\u001b[K');
    this.#drawn = 0;
  }
}

/** `knots 30 × 8  error 2.3 of what is accepted  1850 simulations`. */
export function describeCharacterize(progress: CharacterizeProgress): string {
  const { phase, knots, error, runs } = progress;
  const table = knots.length > 0 ? `${knots.join(' × ')} knots` : 'no knots';
  const known = Number.isFinite(error)
    ? [`error ${Number(error.toPrecision(3))} of what is accepted`]
    : [];
  const what = phase === 'verification' ? 'verifying' : 'refining';
  return [what, table, ...known, `${runs} simulations`].join('  ');
}
