import { card } from '../generate/deck-lines.js';
import type { Drive } from './iteration-drive.js';

/** Lines of sources from time 0, for a deck that runs by itself. */
interface Driven {
  readonly drive?: Drive;
}

/** From a node of its name to ground. */
export function source(node: string, rest: string, options: Driven): string {
  return sourceCard(`v${node}`, `${node} 0`, rest, options);
}

/** Driven from outside, or by lines of its own. */
export function sourceCard(name: string, nodes: string, rest: string, { drive }: Driven): string {
  const points = drive?.get(name);
  if (!drive) return `${name} ${nodes} dc ${rest} external`;
  if (!points) return `${name} ${nodes} ${rest}`;
  const words = points.flatMap(([time, value]) => [exact(time), exact(value)]);
  return card(`${name} ${nodes} pwl(${words.join(' ')})`);
}

/** Twelve digits: edges of 10 ns are told apart after many milliseconds. */
export function exact(value: number): string {
  return String(Number(value.toPrecision(12)));
}
