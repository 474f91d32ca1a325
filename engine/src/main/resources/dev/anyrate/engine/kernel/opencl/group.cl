// Sums and maxima over a group of GROUP work-items, a power of two. Every work-item of the group calls them, and every one gets the result.
// The order of additions is that of a tree and depends on GROUP alone. The items of a processor's group take turns, and each turn costs more than an
// addition: there the first one does them all.

static inline float groupSum(float value, local float* shared) {
  int item = get_local_id(0);
  shared[item] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
#ifdef LOCAL_TILES
  for (int width = GROUP / 2; width > 0; width /= 2) {
    if (item < width) shared[item] += shared[item + width];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
#else
  if (item == 0) {
    for (int width = GROUP / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) shared[i] += shared[i + width];
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
#endif
  float sum = shared[0];
  barrier(CLK_LOCAL_MEM_FENCE); // before the next use of `shared`
  return sum;
}

static inline float groupMax(float value, local float* shared) {
  int item = get_local_id(0);
  shared[item] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
#ifdef LOCAL_TILES
  for (int width = GROUP / 2; width > 0; width /= 2) {
    if (item < width) shared[item] = fmax(shared[item], shared[item + width]);
    barrier(CLK_LOCAL_MEM_FENCE);
  }
#else
  if (item == 0) {
    for (int width = GROUP / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) shared[i] = fmax(shared[i], shared[i + width]);
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
#endif
  float max = shared[0];
  barrier(CLK_LOCAL_MEM_FENCE);
  return max;
}
