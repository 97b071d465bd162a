import { type Diagnostic, error } from '../base/index.js';

/** The command line is wrong: the process ends with exit code 2. */
export class UsageError extends Error {
  readonly diagnostic: Diagnostic;
  constructor(code: string, message: string, help: readonly string[] = []) {
    super(message);
    this.name = 'UsageError';
    this.diagnostic = error(code, message, undefined, { help });
  }
}
