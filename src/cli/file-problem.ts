import { DiagnosticError, error } from '../base/index.js';

/** What the operating system says, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file of this name is in the way',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

/**
 * The diagnostic for a failed file operation, to be thrown. Anything but an error of the operating
 * system is a bug and returned as it is.
 */
export function fileProblem(
  problem: unknown,
  code: string,
  what: string,
  help: readonly string[] = [],
): unknown {
  const systemCode = (problem as NodeJS.ErrnoException).code;
  if (!(problem instanceof Error) || systemCode === undefined) return problem;
  const reason = reasons[systemCode] ?? problem.message;
  return new DiagnosticError([error(code, `${what}: ${reason}`, undefined, { help })]);
}
