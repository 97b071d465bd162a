import type { z } from 'zod';
import type { Diagnostic, Source } from '../../base/index.js';
import { locateProblems } from '../specification/index.js';

export type SettingIssue = z.core.$ZodIssue;

export interface SettingIssues {
  readonly schema: z.ZodType;
  readonly issues: readonly SettingIssue[];
  readonly variant: string;
  /** All settings of the variant. */
  readonly value: unknown;
  /** Settings that the variant has of its own. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Settings that do not stand in the file. */
  readonly outside: Readonly<Record<string, unknown>>;
}

/** Tells what is wrong with the settings of a variant: in the file, or given beside it. */
export function settingProblems(
  source: Source,
  { schema, issues, variant, value, own, outside }: SettingIssues,
): readonly Diagnostic[] {
  const base = (key: PropertyKey): PropertyKey[] =>
    String(key) in own ? ['variants', variant] : ['settings'];
  return issues.flatMap(oneKeyEach).flatMap((issue) => {
    const name = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
    const problems = locateProblems(source, { schema, issues: [issue], value, base });
    return String(name) in outside
      ? problems.map((each) => withoutPlace(each, String(name)))
      : problems;
  });
}

/** A complaint about several names that are not known becomes one for each. */
function oneKeyEach(issue: SettingIssue): SettingIssue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ ...issue, keys: [key] }));
}

function withoutPlace({ severity, code, message, help }: Diagnostic, name: string): Diagnostic {
  const notes = [`'${name}' was given as an option, not in the file`];
  return { severity, code, message, notes, ...(help ? { help } : {}) };
}
