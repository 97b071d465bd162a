import { describe, expect, it } from 'vitest';
import {
  codeRange,
  columnCurrent,
  decodeWeight,
  encodeWeight,
} from '../../../../src/arch/networks/deep/eight-device-code.js';

const codes = Array.from({ length: 256 }, (_, k) => codeRange.least + k);

describe('a weight of eight devices', () => {
  it('comes back from all 256 codes, each with devices of its own', () => {
    for (const code of codes) expect(decodeWeight(encodeWeight(code))).toBe(code);
    expect(new Set(codes.map((code) => encodeWeight(code).join())).size).toBe(256);
  });

  it('is in two complement, as Int8Array stores it', () => {
    for (const code of codes) {
      const byte = new Uint8Array(Int8Array.of(code).buffer)[0];
      const bits = byte.toString(2).padStart(8, '0').split('').reverse();
      expect(encodeWeight(code)).toEqual(bits.map((bit) => bit === '1'));
    }
  });

  it('is a current that is linear in the code, less one off current', () => {
    const [on, off, read] = [1 / 11e3, 1 / 216e3, 0.1];
    for (const code of codes) {
      const current = columnCurrent(encodeWeight(code), { on, off, read });
      expect(current).toBeCloseTo(read * ((on - off) * code - off), 15);
    }
  });

  it.each([-129, 128, 0.5, NaN])('refuses %s', (code) => {
    expect(() => encodeWeight(code)).toThrow(RangeError);
    expect(() => decodeWeight([true])).toThrow(RangeError);
  });
});
