/** What two levels of an experiment are called beside each other. */
import { blockLevels, type TrainingExperiment, trainerLevels } from '../../arch/index.js';

/** Levels of blocks by their names. */
export type BlockLevels = Readonly<Record<string, string>>;

/** The blocks of a variant as they are trained, whoever has said so. */
export function levelsOf({ trainer, variants }: TrainingExperiment, variant: number): BlockLevels {
  const blocks = Object.keys(trainerLevels[trainer.name] ?? blockLevels);
  const settings = variants[variant].settings as BlockLevels;
  return Object.fromEntries(blocks.map((block) => [block, settings[block]]));
}

/** Blocks that are not ideal at both. */
export function toldBlocks(first: BlockLevels, second: BlockLevels): string[] {
  const blocks = Object.keys(first);
  return blocks.filter((block) => first[block] !== 'ideal' || second[block] !== 'ideal');
}

/** `grid=circuit,feedback=ideal`. */
export function levelName(levels: BlockLevels): string {
  return Object.entries(levels)
    .map(([block, level]) => `${block}=${level}`)
    .join(',');
}
