// Static CMOS cells in 0.18 um style level-1 cards, those of circuits/digital/.

export const supply = 1.8;

const size = {
  n: 'w=1.8u l=0.18u ad=0.9p as=0.9p pd=2.8u ps=2.8u',
  // Two in series: each twice as wide.
  n2: 'w=3.6u l=0.18u ad=1.8p as=1.8p pd=4.6u ps=4.6u',
  p: 'w=7.2u l=0.18u ad=3.6p as=3.6p pd=8.2u ps=8.2u',
  p2: 'w=14.4u l=0.18u ad=7.2p as=7.2p pd=15.4u ps=15.4u',
};

export const models = `\
.model n1 nmos(vto=0.45 kp=280u lambda=0.05 gamma=0.45 phi=0.8 tox=4n cgso=0.3n cgdo=0.3n
+              cj=1m pb=0.8 mj=0.5 cjsw=0.2n mjsw=0.33)
.model p1 pmos(vto=-0.45 kp=70u lambda=0.05 gamma=0.45 phi=0.8 tox=4n cgso=0.3n cgdo=0.3n
+              cj=1m pb=0.8 mj=0.5 cjsw=0.2n mjsw=0.33)`;

/** 2, 4, 4, 6 and 36 transistors. A full adder is the one of nine NAND gates. */
export const cells = `\
.subckt inverter in out vdd
mp out in vdd vdd p1 ${size.p}
mn out in 0   0   n1 ${size.n}
cl out 0 10f
.ends
.subckt nand a b out vdd
mpa out a vdd vdd p1 ${size.p}
mpb out b vdd vdd p1 ${size.p}
mna out a s   0   n1 ${size.n2}
mnb s   b 0   0   n1 ${size.n2}
cl out 0 5f
.ends
.subckt nor a b out vdd
mpa s   a vdd vdd p1 ${size.p2}
mpb out b s   vdd p1 ${size.p2}
mna out a 0   0   n1 ${size.n}
mnb out b 0   0   n1 ${size.n}
cl out 0 5f
.ends
.subckt and a b out vdd
xn a b n vdd nand
xi n out vdd inverter
.ends
.subckt fulladder a b c sum carry vdd
x1 a  b  n1 vdd nand
x2 a  n1 n2 vdd nand
x3 b  n1 n3 vdd nand
x4 n2 n3 h  vdd nand
x5 h  c  n5 vdd nand
x6 h  n5 n6 vdd nand
x7 c  n5 n7 vdd nand
x8 n6 n7 sum vdd nand
x9 n5 n1 carry vdd nand
.ends`;
