/** A divider with drawn resistors, and a transient whose time constant is drawn. */
export const drawnDeck = `many runs
.param r1v=agauss(1k,100,3)
v1 in 0 pulse(0 1 0 1n 1n 1 2)
r1 in out {r1v}
r2 out 0 rmod 1k
c1 out 0 1n
.model rmod res(r=1 dev/gauss=1%)
.tran 10n 5u
.meas tran vend find v(out) at=5u
.meas tran t50 when v(out)=0.25 rise=1 atmost=0.36u
.end
`;

/** As long as it needs to be interrupted: each run takes some tenths of a second. */
export const slowDeck = drawnDeck.replace('.tran 10n 5u', '.tran 1n 20u 0 1n');
