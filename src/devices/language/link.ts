import type { Kernels } from './compiled.js';
import type { KernelName } from './emit.js';

type AnyKernel = (...args: unknown[]) => unknown;

/**
 * Kernels that are written and turned into functions when they are first called: an operating point
 * does not pay for charges, and few runs ask for noise.
 */
export function linkLazily(
  names: readonly KernelName[],
  write: (name: KernelName) => string,
  modelName: string,
): Kernels {
  const kernels: Partial<Record<KernelName, AnyKernel>> = {};
  for (const name of names) {
    kernels[name] = (...args) => {
      const kernel = link(name, write(name), modelName);
      kernels[name] = kernel;
      return kernel(...args);
    };
  }
  return kernels as unknown as Kernels;
}

/**
 * Turns the text of a kernel into a function: the one place where generated code enters the program.
 *
 * The text comes from `emit.ts` alone, which writes operations, numbers and slot positions of the
 * checked intermediate form; no name or text of a netlist or model reaches it.
 */
function link(name: KernelName, text: string, modelName: string): AnyKernel {
  // The name helps profilers and debuggers; only plain characters pass.
  const label = modelName.replaceAll(/[^a-z0-9_-]/gi, '_');
  const make = new Function(
    `"use strict";\nreturn ({ ${text} }).${name};\n//# sourceURL=oxspice-model-${label}-${name}.js`,
  ) as () => AnyKernel;
  return make();
}
