2T2R array with larger sense amplifiers: 200 samples of mismatch
* oxspice run array-2x2-wide.mismatch.sp: transistors of the amplifiers are 2.4 um wide instead of 0.6 um,
* those of the cells 2 um instead of 1 um, which halves the offset; each pair from 0.124 on has to be right
* then. The table is in docs/network-circuits.md.
.param vsupply=1.2
.include array-2x2.bench.lib
.param mismatch=1 wsense=2.4u wcell=2u least00=-1.1
.mc 200 seed=1
.end
