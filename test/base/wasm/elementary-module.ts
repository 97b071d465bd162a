import type { ElementaryFunction } from '../../../src/base/wasm/elementary-functions.js';
import { elementary, elementaryFunctions } from '../../../src/base/wasm/elementary-functions.js';
import { writeElementaryTables } from '../../../src/base/wasm/elementary-tables.js';
import { compileModule, createMemory, instantiate } from '../../../src/base/wasm/engine.js';
import type { WasmFunction } from '../../../src/base/wasm/engine.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';

export const elementaryNames = Object.keys(elementaryFunctions) as ElementaryFunction[];

/** All elementary functions in one module, compiled. */
export function elementaryModule(): Readonly<Record<ElementaryFunction, WasmFunction>> {
  const module = new WasmModule();
  for (const name of elementaryNames) module.export(name, elementary(module, name));
  const memory = createMemory(1);
  writeElementaryTables(memory.buffer);
  return instantiate(compileModule(module.build()), memory);
}
