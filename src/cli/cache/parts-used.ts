/**
 * Which parts of the program a run came through: the code cache is written again when a run uses
 * parts that it has not seen.
 */
export const partsUsed = new Set<string>();
