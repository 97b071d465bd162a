Sigmoid in units of a replica: 200 samples of mismatch
* oxspice run sigmoid-replica.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
.param vsupply=1.2
.include sigmoid-replica.bench.lib
.param mismatch=1
.mc 200 seed=1
.end
