import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInclude } from '../../src/cli/read-deck.js';
import { environment } from '../../src/devices/language/compiled.js';
import { simulate } from '../../src/solver/index.js';
import { tolerancesOf, Verification } from '../../src/solver/verification.js';
import { begin, FlatCircuit } from './flat-circuit.js';

const root = join(import.meta.dirname, '..', 'decks');
const decks = readdirSync(root).filter((file) => file.endsWith('.cir'));

describe('verification', () => {
  it.each(decks)('confirms every point of %s', async (file) => {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    const { analyses } = await simulate(text, { name: path, reader: readInclude, verify: true });
    for (const { verification, completed } of analyses) {
      expect(completed).toBe(true);
      expect(verification!.points).toBeGreaterThan(0);
      // reltol, abstol and the like, as the decks have them.
      expect(tolerancesOf(verification!.currents)).toBeLessThan(1);
      expect(tolerancesOf(verification!.charges)).toBeLessThan(1);
    }
  });

  const methods = ['gear', 'trbdf2'].flatMap((method) =>
    ['diode-recovery', 'mos-meyer', 'current-switch'].map((deck) => [method, deck] as const),
  );

  it.each(methods)('confirms steps by method=%s in %s', async (method, deck) => {
    const text = readFileSync(join(root, `${deck}.cir`), 'utf8');
    const option = `.options method=${method}\n.end`;
    const { analyses } = await simulate(text.replace(/^\.end$/m, option), { verify: true });
    const { currents, charges, points } = analyses.find(
      ({ kind }) => kind === 'tran',
    )!.verification!;
    expect(points).toBeGreaterThan(100);
    expect(tolerancesOf(currents)).toBeLessThan(1);
    expect(tolerancesOf(charges)).toBeLessThan(1);
  });

  // Behind the peak, what a diode still conducts and what its charge gives off cancel but for a part in
  // a thousand: tolerances refer to both, and not to the rest that leaves the diode.
  it.each(['gear', 'trbdf2'])(
    'takes parts of a sum that cancel for what they are, by %s',
    async (method) => {
      const { analyses } = await simulate(
        `half-wave doubler
v1 in 0 sin(0 20 50k)
c1 in a 10n
d1 0 a fast
d2 a out fast
c2 out 0 10n
r2 out 0 10meg
.model fast d(is=10n n=1.5 rs=1 cjo=10p vj=0.6 tt=5n)
.options method=${method}
.tran 0.1u 200u
.end
`,
        { verify: true },
      );
      const { currents, charges } = analyses[0].verification!;
      expect(tolerancesOf(currents)).toBeLessThan(1);
      expect(tolerancesOf(charges)).toBeLessThan(1);
    },
  );

  const circuit = () =>
    new FlatCircuit().v('v1', 'a 0', 1).r('r1', 'a b', 1e3).d('d1', 'b 0').c('c1', 'b 0', 1e-9);

  it('sees a voltage that is not a solution', () => {
    const [run, context] = begin(circuit(), 'op');
    run.steps.next();
    const { memory } = context.system;
    const verification = new Verification(context.equations);
    verification.atRest(0);
    expect(tolerancesOf(verification.report().currents)).toBeLessThan(1);
    // 10 mV more at b take 10 µA from the resistor, and the diode takes about half more: some 300 µA.
    memory.x[context.system.unknown('v(b)')!] += 0.01;
    verification.atRest(0);
    const { name, value } = verification.report().currents!;
    expect(name).toBe('v(b)');
    expect(value).toBeGreaterThan(1e-5);
    expect(tolerancesOf(verification.report().currents)).toBeGreaterThan(10);
  });

  it('sees a charge that the formula does not lead to', () => {
    const [run, context] = begin(
      new FlatCircuit().i('i1', '0 b', 1e-3).r('r1', 'b 0', 1e3).c('c1', 'b 0', 1e-9).ic('b', 0.25),
      'tran 10n 1u',
    );
    for (let k = 0; k < 20; k++) run.steps.next();
    const { history } = run.transient!.state;
    const verification = new Verification(context.equations);
    const { memory } = context.system;
    // The step before the newest one: nothing is known of its rates.
    verification.capture(history.time[0], history, {
      name: 'backward Euler',
      order: 1,
      coefficients: (h, _g, out) => {
        out.set([1 / h, -1 / h, 0, 0]);
      },
      errorConstant: (h) => h * h,
    });
    verification.commit();
    // By another formula than that of the step: (trapezoidal minus Euler) is ½·h·q″·h of charge.
    const before = verification.report().charges!;
    expect(before.name).toBe('c1');
    expect(Math.abs(before.value)).toBeGreaterThan(0);
    memory.chargeRate[0] *= 1.5;
    verification.begin('s');
    verification.capture(history.time[0], history, {
      name: 'backward Euler',
      order: 1,
      coefficients: (h, _g, out) => {
        out.set([1 / h, -1 / h, 0, 0]);
      },
      errorConstant: (h) => h * h,
    });
    verification.commit();
    const { charges, currents } = verification.report();
    expect(Math.abs(charges!.value)).toBeGreaterThan(2 * Math.abs(before.value));
    expect(currents!.name).toBe('v(b)');
    expect(tolerancesOf(currents)).toBeGreaterThan(100);
    expect(memory.environment[environment.a0]).toBeGreaterThan(0);
  });

  it('warns of what is beyond the tolerances', async () => {
    // Tolerances of Newton are wide, those of the report are the same: nothing is to be told.
    const { diagnostics } = await simulate(
      'wide\nv1 a 0 1\nr1 a b 1k\nd1 b 0 dm\n.model dm d\n.op\n',
      {
        verify: true,
      },
    );
    expect(diagnostics).toEqual([]);
  });
});
