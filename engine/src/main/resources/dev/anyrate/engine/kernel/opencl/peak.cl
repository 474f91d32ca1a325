// What a device can do at best: SUMS chains of multiply-adds in registers, a tile's work-items for each call of the host. On processors a number is a vector.

#define SUMS 12 // as many as are under way at once on two pipes with five steps, and their operands fit in few registers beside

#ifdef LOCAL_TILES
#define NUMBER float
#define SUM_OF(x) (x)
#else
#define NUMBER VECTOR
#define SUM_OF(x) sumOfLanes(x)
#endif

static inline float sumOfLanes(VECTOR x) {
  float lanes[LANES];
  STORE(x, 0, lanes);
  float sum = 0;
  for (int j = 0; j < LANES; j++) sum += lanes[j];
  return sum;
}

// y [work-items] becomes a number that depends on all of the work, so that none of it can be left out.
kernel void multiplyAdd(int count, float factor, float term, global float* y, int y0) {
  NUMBER sums[SUMS];
#pragma unroll
  for (int i = 0; i < SUMS; i++) sums[i] = i;
  for (int n = 0; n < count; n++) {
#pragma unroll
    for (int i = 0; i < SUMS; i++) sums[i] = sums[i] * factor + term;
  }
  NUMBER all = 0;
#pragma unroll
  for (int i = 0; i < SUMS; i++) all += sums[i];
  y[y0 + get_global_id(0)] = SUM_OF(all);
}
