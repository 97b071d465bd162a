import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/index.js';
import { bindOptions, defaultOptions } from '../../src/solver/options.js';
import { spanOf } from './flat-circuit.js';

function bind(options: Record<string, number | string>) {
  const diagnostics: Diagnostic[] = [];
  const span = spanOf('.options');
  const given = new Map(Object.entries(options).map(([key, value]) => [key, { value, span }]));
  return { options: bindOptions(given, diagnostics), diagnostics };
}

describe('options', () => {
  it('have the defaults of SPICE', () => {
    expect(defaultOptions()).toMatchObject({
      reltol: 1e-3,
      abstol: 1e-12,
      vntol: 1e-6,
      chgtol: 1e-14,
      trtol: 7,
      gmin: 1e-12,
      itl1: 100,
      itl4: 10,
      temp: 300.15,
      method: 'trapezoidal',
    });
  });

  it('take values, words and °C', () => {
    const { options, diagnostics } = bind({
      reltol: 1e-4,
      temp: 100,
      method: 'gear',
      gshunt: 1e-3,
    });
    expect(diagnostics).toEqual([]);
    expect(options).toMatchObject({ reltol: 1e-4, temp: 373.15, method: 'gear', rshunt: 1e3 });
  });

  it('refuse values out of range and words that are none', () => {
    const { diagnostics } = bind({ reltol: 2, abstol: 'small', method: 'euler' });
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['S101', 'error'],
      ['S101', 'error'],
      ['S102', 'error'],
    ]);
    expect(diagnostics[0].message).toBe("option 'reltol' must lie in (0:1)");
  });

  it('warn about unknown names and note what is needless', () => {
    const { diagnostics } = bind({ relltol: 1e-4, itl5: 0 });
    expect(diagnostics[0]).toMatchObject({
      severity: 'warning',
      code: 'S103',
      help: ["did you mean 'reltol'?"],
    });
    expect(diagnostics[1]).toMatchObject({ severity: 'note', code: 'S104' });
  });
});
