2T2R array: 200 samples of mismatch
* oxspice run array-2x2.mismatch.sp: Pelgrom's law as in models/matched-130nm.lib. The table is in
* docs/network-circuits.md. Pairs within three times the offset are counted, not limited.
.param vsupply=1.2
.include array-2x2.bench.lib
.param mismatch=1 least00=-1.1 least11=-1.1
.mc 200 seed=1
.end
