import type { z } from 'zod';

/** What zod tells of the inside of a schema, as far as it is of interest here. */
interface Inside {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly valueType?: z.core.$ZodType;
}

/** The names of settings that a schema knows at a path; of alternatives, those of all of them. */
export function schemaNames(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const inside = schema._zod.def as Inside;
  const hidden = inside.innerType ?? inside.in;
  if (hidden) return schemaNames(hidden, path);
  if (inside.options) return inside.options.flatMap((option) => schemaNames(option, path));
  if (path.length === 0) return Object.keys(inside.shape ?? {});
  const [step, ...rest] = path;
  const next = inside.shape?.[String(step)] ?? inside.element ?? inside.valueType;
  return next ? schemaNames(next, rest) : [];
}
