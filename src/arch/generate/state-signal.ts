import type { GenerateOptions } from './generate-options.js';

/** The signal that is a synapse's state in the results of a run. */
export function stateSignal(
  synapse: string,
  { memristor }: Pick<GenerateOptions, 'memristor'>,
): string {
  return memristor === 'team' ? `@${synapse}.xmem.nmem[s]` : `v(${synapse}.xmem.s)`;
}
