// Sums and maxima over a group of GROUP work-items, a power of two. Every work-item of the group calls them, and every one gets the result.
// The order of additions is that of a tree and depends on GROUP alone.

static inline float groupSum(float value, local float* shared) {
  int item = get_local_id(0);
  shared[item] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int width = GROUP / 2; width > 0; width /= 2) {
    if (item < width) shared[item] += shared[item + width];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  float sum = shared[0];
  barrier(CLK_LOCAL_MEM_FENCE); // before the next use of `shared`
  return sum;
}

static inline float groupMax(float value, local float* shared) {
  int item = get_local_id(0);
  shared[item] = value;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int width = GROUP / 2; width > 0; width /= 2) {
    if (item < width) shared[item] = fmax(shared[item], shared[item + width]);
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  float max = shared[0];
  barrier(CLK_LOCAL_MEM_FENCE);
  return max;
}
