/** Xyce's memristors: YMEMRISTOR with levels, and its comparison of level 3 with a subcircuit. */
import { expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

it('YMEMRISTOR of level 3 is the subcircuit of its equations', async () => {
  // The state as the voltage of a capacitor of 1 F, equations in B sources; 0.5 V and 100 Hz, with
  // the bound of 5e-4 that Xyce's own comparison has.
  const { analyses, diagnostics } = await simulate(`Yakopcic twice
.model mrm memristor level=3 a1=0.17 a2=0.17 b=0.05 vp=0.16 vn=0.15 ap=4000 an=4000
+ xp=0.3 xn=0.5 alphap=1 alphan=5 xo=0.11 eta=1
v1 a 0 sin(0 0.5 100)
ymemristor mr1 a 0 mrm
v2 b 0 sin(0 0.5 100)
b1 b 0 i=0.17*v(x)*sinh(0.05*v(b))
b2 0 x i=(v(b)>0.16 ? 4000*(exp(v(b))-exp(0.16)) : v(b)<-0.15 ? -4000*(exp(-v(b))-exp(0.15)) : 0)
+ *(v(b)>=0 ? (v(x)>=0.3 ? exp(0.3-v(x))*((0.3-v(x))/0.7+1) : 1)
+ : (v(x)<=0.5 ? exp(5*(v(x)-0.5))*(v(x)/0.5) : 1))
c1 x 0 1 ic=0.11
.ic v(x)=0.11
.options reltol=1e-5
.tran 0.1m 50m
.save i(v1) i(v2) v(x) @ymemristor!mr1[x]
.end`);
  expect(diagnostics).toEqual([]);
  const { dataset } = analyses[0];
  const [device, equations] = ['i(v1)', 'i(v2)'].map((name) => dataset.get(name)!.real);
  const peak = Math.max(...equations.map(Math.abs));
  // Peak current of the loop: a1·x·sinh(b·v), near 0.5 V with x near its maximum.
  expect(peak).toBeGreaterThan(1e-3);
  device.forEach((i, k) => {
    expect(Math.abs(i - equations[k])).toBeLessThan(5e-4 * peak);
  });
});
