// Floats to bfloat16 and back, two of them in the room of a float, see Bfloat16Kernels. All are taken as bits: a device may change those of a NaN,
// and take a subnormal number for 0.

#define UPPER_HALF 0xffff0000u
#define WITHOUT_SIGN 0x7fffffffu
#define INFINITE 0x7f800000u
#define QUIET_NAN 0x7fc00000u

// To nearest, of two equally near numbers to that whose upper half is even.
static inline uint rounded(uint bits) {
  if ((bits & WITHOUT_SIGN) > INFINITE) return QUIET_NAN;
  return bits + 0x7fff + (bits >> 16 & 1) & UPPER_HALF;
}

kernel void pack(int size, global const uint* x, int x0, global uint* packed, int packed0) {
  int h = (size + 1) / 2;
  int i = get_global_id(0);
  if (i >= h) return;
  uint lower = h + i < size ? rounded(x[x0 + h + i]) : 0;
  packed[packed0 + i] = rounded(x[x0 + i]) | lower >> 16;
}

kernel void unpack(int size, global const uint* packed, int packed0, global uint* x, int x0) {
  int h = (size + 1) / 2;
  int i = get_global_id(0);
  if (i >= h) return;
  uint pair = packed[packed0 + i];
  x[x0 + i] = pair & UPPER_HALF;
  if (h + i < size) x[x0 + h + i] = pair << 16;
}
