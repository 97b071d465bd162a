/**
 * Codes of WebAssembly's instructions that take no immediate, by the type they work on, for
 * `FunctionBuilder.op`. What stands above 0xff is a prefix byte (in bits 16 to 23) and the number
 * that follows it. WebAssembly Core Specification 2.0, section 5.4.
 */
export const f64 = {
  eq: 0x61,
  ne: 0x62,
  lt: 0x63,
  gt: 0x64,
  le: 0x65,
  ge: 0x66,
  abs: 0x99,
  neg: 0x9a,
  ceil: 0x9b,
  floor: 0x9c,
  trunc: 0x9d,
  nearest: 0x9e,
  sqrt: 0x9f,
  add: 0xa0,
  sub: 0xa1,
  mul: 0xa2,
  div: 0xa3,
  min: 0xa4,
  max: 0xa5,
  copysign: 0xa6,
  fromI32: 0xb7,
  fromU32: 0xb8,
  fromI64: 0xb9,
  fromU64: 0xba,
  reinterpretI64: 0xbf,
  promoteF32: 0xbb,
  /** Leaves a single, for a store. */
  demoteF64: 0xb6,
} as const;

export const i32 = {
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  lt: 0x48,
  ltUnsigned: 0x49,
  gt: 0x4a,
  gtUnsigned: 0x4b,
  le: 0x4c,
  leUnsigned: 0x4d,
  ge: 0x4e,
  geUnsigned: 0x4f,
  clz: 0x67,
  ctz: 0x68,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  div: 0x6d,
  divUnsigned: 0x6e,
  rem: 0x6f,
  remUnsigned: 0x70,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shl: 0x74,
  shr: 0x75,
  shrUnsigned: 0x76,
  wrapI64: 0xa7,
  truncF64: 0xaa,
  /** Truncates; NaN becomes 0 and what does not fit the nearest number that does. */
  saturateF64: 0xfc0002,
} as const;

export const i64 = {
  eqz: 0x50,
  eq: 0x51,
  ne: 0x52,
  lt: 0x53,
  ltUnsigned: 0x54,
  gt: 0x55,
  gtUnsigned: 0x56,
  le: 0x57,
  leUnsigned: 0x58,
  ge: 0x59,
  geUnsigned: 0x5a,
  clz: 0x79,
  ctz: 0x7a,
  popcnt: 0x7b,
  add: 0x7c,
  sub: 0x7d,
  mul: 0x7e,
  div: 0x7f,
  divUnsigned: 0x80,
  rem: 0x81,
  remUnsigned: 0x82,
  and: 0x83,
  or: 0x84,
  xor: 0x85,
  shl: 0x86,
  shr: 0x87,
  shrUnsigned: 0x88,
  fromI32: 0xac,
  fromU32: 0xad,
  reinterpretF64: 0xbd,
  saturateF64: 0xfc0006,
} as const;

/** Two doubles side by side. */
export const f64x2 = {
  splat: 0xfd0014,
  eq: 0xfd0047,
  ne: 0xfd0048,
  lt: 0xfd0049,
  gt: 0xfd004a,
  le: 0xfd004b,
  ge: 0xfd004c,
  abs: 0xfd00ec,
  neg: 0xfd00ed,
  sqrt: 0xfd00ef,
  add: 0xfd00f0,
  sub: 0xfd00f1,
  mul: 0xfd00f2,
  div: 0xfd00f3,
  min: 0xfd00f4,
  max: 0xfd00f5,
} as const;

/** Four singles side by side. */
export const f32x4 = {
  splat: 0xfd0013,
  add: 0xfd00e4,
  sub: 0xfd00e5,
  mul: 0xfd00e6,
  max: 0xfd00e9,
} as const;

/** Two integers side by side. */
export const i64x2 = {
  /** The signs as bits 0 and 1 of an i32. */
  bitmask: 0xfd00c4,
} as const;

/** Bits of 128-bit vectors. */
export const v128 = {
  not: 0xfd004d,
  and: 0xfd004e,
  andNot: 0xfd004f,
  or: 0xfd0050,
  xor: 0xfd0051,
  /** a, b, mask ↦ bits of a where the mask is 1, of b elsewhere. */
  bitSelect: 0xfd0052,
  anyTrue: 0xfd0053,
} as const;
