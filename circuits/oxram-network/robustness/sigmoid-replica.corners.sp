Sigmoid in units of a replica at the corners of temperature and supply, transistors nominal
* oxspice run sigmoid-replica.corners.sp: 10 % low or high at -40, 27 and 125 degrees. Every run starts cold:
* from nothing but the deck. What the measures may be stands behind them in sigmoid-replica.bench.lib; the
* table is in docs/network-circuits.md.
.param vsupply=1.2
.include sigmoid-replica.bench.lib
.corner nominal vsupply=1.2 temp=27
.corner cold vsupply=1.2 temp=-40
.corner hot vsupply=1.2 temp=125
.corner cold-low vsupply=1.08 temp=-40
.corner cold-high vsupply=1.32 temp=-40
.corner hot-low vsupply=1.08 temp=125
.corner hot-high vsupply=1.32 temp=125
.end
