import { describe, expect, it } from 'vitest';
import {
  codeRange,
  DeviceFlips,
  signMagnitude,
  twosComplement,
} from '../../../../src/arch/networks/deep/eight-device-code.js';

const codes = Array.from({ length: 256 }, (_, k) => codeRange.least + k);
const bits = Array.from({ length: 8 }, (_, bit) => bit);
const isOn = (devices: number, bit: number): number => (devices >> bit) & 1;

describe('a weight of eight devices in two’s complement', () => {
  it('comes back from all 256 codes, each with devices of its own', () => {
    for (const code of codes) expect(twosComplement.code(twosComplement.devices(code))).toBe(code);
    expect(new Set(codes.map((code) => twosComplement.devices(code))).size).toBe(256);
  });

  it('is as Int8Array stores it', () => {
    for (const code of codes)
      expect(twosComplement.devices(code)).toBe(new Uint8Array(Int8Array.of(code).buffer)[0]);
  });

  it('is a current that is linear in the code, less one off current', () => {
    // Mirrors of 1, 2, 4, … 64 and −128 over devices that are on or off.
    const [on, off, read] = [1 / 11e3, 1 / 216e3, 0.1];
    for (const code of codes) {
      const devices = twosComplement.devices(code);
      const current = bits.reduce((sum, bit) => {
        const mirror = (bit === 7 ? -1 : 1) * 2 ** bit;
        return sum + mirror * read * (isOn(devices, bit) ? on : off);
      }, 0);
      expect(current).toBeCloseTo(read * ((on - off) * code - off), 15);
    }
  });
});

describe('a weight of eight devices as sign and magnitude', () => {
  it('comes back from all codes but the least', () => {
    for (const code of codes)
      expect(signMagnitude.code(signMagnitude.devices(code))).toBe(Math.max(-127, code) + 0);
  });

  it('has the magnitude in seven devices', () => {
    for (const code of codes.slice(1)) {
      const devices = signMagnitude.devices(code);
      const magnitude = bits.slice(0, 7).reduce((sum, b) => sum + isOn(devices, b) * 2 ** b, 0);
      expect(magnitude).toBe(Math.abs(code));
      expect(isOn(devices, 7)).toBe(code < 0 ? 1 : 0);
    }
  });
});

it('changes are those of the devices that differ, all the way up and down', () => {
  for (const coding of [twosComplement, signMagnitude]) {
    const flips = new DeviceFlips(2, coding);
    const expected = new Uint32Array(16);
    codes.slice(0, -1).forEach((lower) => {
      flips.count(1, lower);
      const differ = coding.devices(lower) ^ coding.devices(lower + 1);
      bits.forEach((bit) => (expected[8 + bit] += isOn(differ, bit)));
    });
    expect(flips.counts).toEqual(expected);
  }
  // Between −128 and 127 the sign changes once in either.
  const flips = new DeviceFlips(1, twosComplement);
  codes.slice(0, -1).forEach((lower) => {
    flips.count(0, lower);
  });
  expect([...flips.counts]).toEqual([255, 127, 63, 31, 15, 7, 3, 1]);
});
