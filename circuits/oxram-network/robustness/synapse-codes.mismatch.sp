Codes of the synapse column: 200 samples of mismatch at each of three temperatures
* oxspice run synapse-codes.mismatch.sp: Pelgrom's law as in models/matched-90nm.lib. The table is in
* docs/network-circuits.md.
.param vsupply=1.2
.include synapse-codes.bench.lib
.param mismatch=1
.corner cold temp=-40
.corner nominal temp=27
.corner hot temp=125
.mc 200 seed=1
.end
