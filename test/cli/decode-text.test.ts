import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/cli/decode-text.js';

describe('text of a deck', () => {
  it('is UTF-8, without its byte order mark', () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31, 0xc2, 0xb5))).toBe('1µ');
  });

  it('is Latin-1 where it is not UTF-8', () => {
    expect(decodeText(Uint8Array.of(0x31, 0xb5))).toBe('1µ');
  });
});
