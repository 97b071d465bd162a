/**
 * A picture of few colours as PNG (ISO/IEC 15948), for bitmaps inside SVG. The rows are stored, not
 * compressed (RFC 1951, section 3.2.4): there is no compressor here that a browser and Node share
 * without waiting, and pictures of results are small.
 */
import type { Colour } from './colour-ramp.js';

export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** Number of each pixel's colour, row by row. */
  readonly pixels: Uint8Array;
  /** Up to 256. */
  readonly colours: readonly Colour[];
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The bytes of the file. */
export function indexedPng({ width, height, pixels, colours }: IndexedPicture): Uint8Array {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a pixel, which are an index into the palette; deflate, no interlace.
  head.set([8, 3, 0, 0, 0], 8);
  // Each row begins with its filter: none.
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return joined([
    Uint8Array.from(signature),
    chunk('IHDR', head),
    chunk('PLTE', Uint8Array.from(colours.flat())),
    chunk('IDAT', stored(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** `data:image/png;base64,…`. */
export function indexedPngAddress(picture: IndexedPicture): string {
  const bytes = indexedPng(picture);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const result = new Uint8Array(content.length + 12);
  const view = new DataView(result.buffer);
  view.setUint32(0, content.length);
  for (let k = 0; k < 4; k++) result[4 + k] = name.charCodeAt(k);
  result.set(content, 8);
  view.setUint32(8 + content.length, crc32(result.subarray(4, 8 + content.length)));
  return result;
}

const mostOfBlock = 65535;

/** A zlib stream (RFC 1950) of stored blocks. */
function stored(content: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let from = 0; from === 0 || from < content.length; from += mostOfBlock) {
    const block = content.subarray(from, from + mostOfBlock);
    const last = from + mostOfBlock >= content.length ? 1 : 0;
    const { length } = block;
    const head = [last, length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255];
    blocks.push(Uint8Array.from(head), block);
  }
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, adler32(content));
  return joined([...blocks, sum]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(content: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of content) value = crcTable[(value ^ byte) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

function adler32(content: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of content) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}
