import { error, type Diagnostic } from '../../base/diagnostic.js';
import type { ColumnDescription } from '../dataset-builder.js';
import { quantityOfRawType } from './raw-types.js';

/** The header of one plot of a raw file. */
export interface RawHeaderFields {
  readonly title: string;
  readonly date: string;
  readonly plotName: string;
  readonly complex: boolean;
  /** The points of several steps follow each other; the scale starts again. */
  readonly stepped: boolean;
  /** The number of points that the header promises. */
  readonly points: number;
  readonly variables: readonly ColumnDescription[];
  readonly binary: boolean;
  /** Where the values begin, in bytes from the start of the file. */
  readonly bodyOffset: number;
}

/**
 * Reads the header that begins at `offset`: `Key: value` lines in any order, the variables
 * last, closed by `Binary:` or `Values:`. Keys that are not known are passed over.
 */
export function parseRawHeader(bytes: Uint8Array, offset: number): RawHeaderFields | Diagnostic {
  if (looksUtf16(bytes, offset)) return ltspice();
  const fields = new Map<string, string>();
  const variables: ColumnDescription[] = [];
  for (let at = offset; at < bytes.length;) {
    const end = lineEnd(bytes, at);
    const line = decode(bytes, at, end);
    at = end + 1;
    const body = /^(Binary|Values):\s*$/i.exec(line);
    if (body) return complete(fields, variables, body[1].toLowerCase() === 'binary', at);
    const variable = /^\s+\d+\s+(\S+)\s+(\S+)/.exec(line);
    if (variable) variables.push({ name: variable[1], quantity: quantityOfRawType(variable[2]) });
    else {
      const colon = line.indexOf(':');
      if (colon < 0) return malformed(`expected 'Key: value', found '${line.slice(0, 40)}'`);
      fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }
  return malformed("neither 'Binary:' nor 'Values:' follows the header");
}

function complete(
  fields: ReadonlyMap<string, string>,
  variables: readonly ColumnDescription[],
  binary: boolean,
  bodyOffset: number,
): RawHeaderFields | Diagnostic {
  const flags = fields.get('flags') ?? 'real';
  if (/ltspice/i.test(fields.get('command') ?? '') || /forward|fastaccess/i.test(flags))
    return ltspice();
  const promised = Number(fields.get('no. variables') ?? variables.length);
  if (promised !== variables.length || promised === 0)
    return malformed(`${promised} variables are announced, ${variables.length} are listed`);
  const points = Number(fields.get('no. points') ?? 0);
  if (!Number.isInteger(points) || points < 0)
    return malformed(`'${fields.get('no. points') ?? ''}' is not a number of points`);
  return {
    title: fields.get('title') ?? '',
    date: fields.get('date') ?? '',
    plotName: fields.get('plotname') ?? '',
    complex: /\bcomplex\b/i.test(flags),
    stepped: /\bstepped\b/i.test(flags),
    points,
    variables,
    binary,
    bodyOffset,
  };
}

function malformed(reason: string): Diagnostic {
  return error('W103', `not a raw file: ${reason}`);
}

function ltspice(): Diagnostic {
  return error('W104', "LTspice's raw files cannot be read", undefined, {
    help: ["export the data as text from LTspice's waveform viewer"],
  });
}

function looksUtf16(bytes: Uint8Array, offset: number): boolean {
  const marked = bytes[offset] === 0xff && bytes[offset + 1] === 0xfe;
  return marked || (bytes[offset] !== 0 && bytes[offset + 1] === 0 && bytes[offset + 3] === 0);
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end < 0 ? bytes.length : end;
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to)).replace(/\r$/, '');
}
