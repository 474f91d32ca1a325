// Vectors of LANES floats. Compilers for processors make them of single numbers only in the simplest loops, so the kernels that matter name them.

#define JOIN_NAMES(a, b) a##b
#define JOIN(a, b) JOIN_NAMES(a, b)
#define VECTOR JOIN(float, LANES)
#define LOAD JOIN(vload, LANES)
#define STORE JOIN(vstore, LANES)

// A vector, or where a row ends its last `count` numbers and zeros.
static inline VECTOR load(int count, global const float* x) {
  if (count >= LANES) return LOAD(0, x);
  float part[LANES];
  for (int j = 0; j < LANES; j++) part[j] = j < count ? x[j] : 0;
  return LOAD(0, part);
}

// The transpose of `load`: what lies behind the row's end is not written.
static inline void store(int count, VECTOR vector, global float* y) {
  if (count >= LANES) {
    STORE(vector, 0, y);
    return;
  }
  float part[LANES];
  STORE(vector, 0, part);
  for (int j = 0; j < count; j++) y[j] = part[j];
}
