// Random zeros that are a pure function of seed, step and element.

// Whether an element is kept: SplitMix64 at the place start + step·2³² + element of its sequence, as in DropoutMask.java.
static inline bool keeps(float rate, ulong start, int step, int element) {
  ulong z = (start + ((ulong) step << 32) + (ulong) (long) element) * 0x9e3779b97f4a7c15UL;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9UL;
  z = (z ^ z >> 27) * 0x94d049bb133111ebUL;
  return (float) ((z ^ z >> 31) >> 40) * 0x1p-24f >= rate;
}

kernel void dropout(int size, float rate, uint startHigh, uint startLow, global const float* step, int step0, global const float* x,
    int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i >= size) return;
  ulong start = (ulong) startHigh << 32 | startLow; // of the seed
  y[y0 + i] = keeps(rate, start, (int) step[step0], i) ? x[x0 + i] / (1 - rate) : 0;
}
