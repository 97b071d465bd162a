import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileProblem } from '../file-problem.js';

/** A file that grows at its end. Every failure is thrown as a `DiagnosticError`. */
export class OpenFile {
  readonly path: string;
  readonly #descriptor: number;
  #length = 0;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = attempt(path, () => openSync(path, 'w'));
  }

  append(bytes: Uint8Array): void {
    this.#write(bytes, this.#length);
    this.#length += bytes.length;
  }

  appendText(text: string): void {
    this.append(Buffer.from(text));
  }

  overwrite(bytes: Uint8Array, position: number): void {
    this.#write(bytes, position);
  }

  close(): void {
    attempt(this.path, () => {
      closeSync(this.#descriptor);
    });
  }

  #write(bytes: Uint8Array, position: number): void {
    attempt(this.path, () => {
      for (let done = 0; done < bytes.length;)
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, position + done);
    });
  }
}

/** Writes a whole file. */
export function writeFile(path: string, content: string | Uint8Array): void {
  attempt(path, () => {
    writeFileSync(path, content);
  });
}

/**
 * Puts a whole file in the place of what was there, at once: whoever reads meanwhile has the old one
 * or the new one, and of two who write the later one stays.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const found = statSync(path, { throwIfNoEntry: false });
  // A device or a pipe is written to, not replaced; a folder is refused there.
  if (found && !found.isFile()) {
    writeFile(path, content);
    return;
  }
  const part = `${path}.${process.pid}.part`;
  attempt(path, () => {
    try {
      writeFileSync(part, content);
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  });
}

/** Makes a folder and those above it. Throws a `DiagnosticError` if that cannot be done. */
export function makeFolder(path: string): void {
  try {
    makeMissing(path);
  } catch (problem) {
    const help = ['choose another folder with -o DIR'];
    throw fileProblem(problem, 'C201', `cannot make the folder '${path}'`, help);
  }
}

/** Not by mkdir's `recursive`, which never returns where the file system takes no folders (/proc). */
function makeMissing(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) makeMissing(parent);
  mkdirSync(path);
}

function attempt<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (problem) {
    throw fileProblem(problem, 'C202', `cannot write '${path}'`, [
      'free the place, or choose another folder with -o DIR',
    ]);
  }
}
