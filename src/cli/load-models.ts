import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiagnosticError, error } from '../base/index.js';
import { model, type ModelDefinition } from '../devices/index.js';

/**
 * The device models that a module exports, as `model(…)` returns them or as the object that it
 * takes. The module is code, and runs. @throws DiagnosticError if it cannot be loaded or has none
 */
export async function loadModels(path: string): Promise<ModelDefinition[]> {
  if (!existsSync(path)) {
    throw new DiagnosticError([
      error('C121', `there is no model and no file '${path}'`, undefined, {
        help: ["'oxspice models' lists the models"],
      }),
    ]);
  }
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    throw new DiagnosticError([
      error('C122', `cannot load '${path}': ${reason}`, undefined, {
        help: ['a file of models is a JavaScript module: .mjs, or .js beside "type": "module"'],
      }),
    ]);
  }
  const definitions = Object.values(exported).flatMap((value) => definitionOf(value) ?? []);
  if (definitions.length > 0) return definitions;
  throw new DiagnosticError([
    error('C123', `'${path}' exports no model`, undefined, {
      help: ['export what model({ name, title, terminals, …, analog }) returns, or its argument'],
    }),
  ]);
}

function definitionOf(value: unknown): ModelDefinition | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('name' in value) || !('terminals' in value)) return undefined;
  if ('equations' in value) return value as ModelDefinition;
  return 'analog' in value ? model(value as Parameters<typeof model>[0]) : undefined;
}
