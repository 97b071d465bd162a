/** Which part of a network stands at which level, and what each level of it needs. */
import { z } from 'zod';
import { closest, type Diagnostic, error } from '../../base/index.js';

/** Levels that are there, by block; the first is the default. */
export const blockLevels = {
  /** Synapses with their row resistors: equations, tables, operating points, or a transient. */
  grid: ['circuit', 'quasi-static', 'characteristic', 'ideal'],
  /** Error to pulse. */
  feedback: ['ideal', 'characteristic', 'circuit'],
  /** r to y = d − r, with the amplifier of the row. */
  subtraction: ['ideal', 'circuit'],
  /** Of hidden layers: σ and σ′, and in a circuit what drives the rows of an inverted read. */
  neuron: ['ideal', 'characteristic', 'circuit'],
} as const;

/** Levels by block; a level alone is that of the first block. */
export type Levels = Readonly<Record<string, readonly string[]>>;

export const levelSettings = {
  grid: z.enum(blockLevels.grid).default('circuit'),
  feedback: z.enum(blockLevels.feedback).default('ideal'),
  subtraction: z.enum(blockLevels.subtraction).default('ideal'),
  neuron: z.enum(blockLevels.neuron).default('ideal'),
};

/** `grid=circuit,feedback=ideal`, or a level alone: that of the first block. */
export function readLevels(
  text: string,
  blocks: Levels = blockLevels,
): {
  readonly levels: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const levels: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  for (const word of text.split(',').map((each) => each.trim())) {
    const [block, level] = word.includes('=') ? word.split('=') : [Object.keys(blocks)[0], word];
    const problem = wrongLevel(block, level, blocks);
    if (problem) diagnostics.push(problem);
    else levels[block] = level;
  }
  return { levels, diagnostics };
}

function wrongLevel(block: string, level: string, blocks: Levels): Diagnostic | undefined {
  const names = Object.keys(blocks);
  if (!names.includes(block)) {
    const near = closest(block, names);
    return error('A460', `there is no block '${block}' in this network`, undefined, {
      help: [near === undefined ? `there are ${names.join(', ')}` : `did you mean '${near}'?`],
    });
  }
  const known = blocks[block];
  if (known.includes(level)) return undefined;
  return error('A461', `'${block}' cannot be '${level}'`, undefined, {
    help: [`its levels are ${known.join(', ')}`],
  });
}
