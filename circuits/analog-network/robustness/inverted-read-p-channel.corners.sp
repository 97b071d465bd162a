Inverted read through p-channel transistors at the corners of temperature and supply, transistors nominal
* oxspice run inverted-read-p-channel.corners.sp: all supplies 10 % low or high at -40, 27 and 125 degrees. Every run starts
* cold: from nothing but the deck. What the measures may be stands behind them in inverted-read-p-channel.bench.lib; the
* table is in docs/analog-network.md.
.param supply=1
.include inverted-read-p-channel.bench.lib
.param vamp={1.8*supply} vgate={2*supply}
.corner nominal supply=1 temp=27
.corner cold supply=1 temp=-40
.corner hot supply=1 temp=125
.corner cold-low supply=0.9 temp=-40
.corner cold-high supply=1.1 temp=-40
.corner hot-low supply=0.9 temp=125
.corner hot-high supply=1.1 temp=125
.end
