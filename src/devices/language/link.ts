import type { Kernels } from './compiled.js';

/**
 * Turns the text of kernels into functions: the one place where generated code enters the program.
 *
 * The text comes from `emit.ts` alone, which writes operations, numbers and slot positions of the
 * checked intermediate form; no name or text of a netlist or model reaches it.
 */
export function link(source: string, modelName: string): Kernels {
  // The name helps profilers and debuggers; only plain characters pass.
  const label = modelName.replaceAll(/[^a-z0-9_-]/gi, '_');
  const make = new Function(
    `"use strict";\nreturn ${source};\n//# sourceURL=oxspice-model-${label}.js`,
  ) as () => Kernels;
  return make();
}
