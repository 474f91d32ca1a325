// Sums over axes and their transpose. The axes of x are parted into those that are kept and those that are reduced; an element of x stands at the
// sum of its offsets in both. partial is [results, chunks].

// Neighbours of x belong to one sum: a group for each chunk of a result, whose work-items take turns.
kernel void sumAlongMemory(int results, int terms, int chunks, int chunk, const Axes kept, const Axes reduced, global const float* x,
    int x0, global float* partial, int partial0) {
  local float shared[GROUP];
  int result = get_group_id(0) / chunks;
  int first = get_group_id(0) % chunks * chunk;
  int start = x0 + offset(&kept, result);
  float sum = 0;
  for (int j = first + get_local_id(0); j < min(terms, first + chunk); j += GROUP) sum += x[start + offset(&reduced, j)];
  sum = groupSum(sum, shared);
  if (get_local_id(0) == 0) partial[partial0 + get_group_id(0)] = sum;
}

// Neighbours of x belong to different sums: a work-item for each chunk of a result.
kernel void sumAcrossMemory(int results, int terms, int chunks, int chunk, const Axes kept, const Axes reduced, global const float* x,
    int x0, global float* partial, int partial0) {
  int result = get_global_id(0);
  int first = get_global_id(1) * chunk;
  if (result >= results) return;
  int start = x0 + offset(&kept, result);
  float sum = 0;
  for (int j = first; j < min(terms, first + chunk); j++) sum += x[start + offset(&reduced, j)];
  partial[partial0 + result * chunks + get_global_id(1)] = sum;
}

// y = factor · Σ of the chunks, a group for each result.
kernel void sumOfChunks(int chunks, float factor, global const float* partial, int partial0, global float* y, int y0) {
  local float shared[GROUP];
  int result = get_group_id(0);
  float sum = 0;
  for (int j = get_local_id(0); j < chunks; j += GROUP) sum += partial[partial0 + result * chunks + j];
  sum = groupSum(sum, shared);
  if (get_local_id(0) == 0) y[y0 + result] = factor * sum;
}

// yAxes are those of x, with the strides they have in y: 0 where y is repeated.
kernel void repeat(int size, const Axes yAxes, float factor, global const float* y, int y0, global float* x, int x0) {
  int i = get_global_id(0);
  if (i < size) x[x0 + i] = factor * y[y0 + offset(&yAxes, i)];
}

kernel void sumOfSquares(int size, int chunk, global const float* x, int x0, global float* partial, int partial0) {
  local float shared[GROUP];
  int first = get_group_id(0) * chunk;
  float sum = 0;
  for (int i = first + get_local_id(0); i < min(size, first + chunk); i += GROUP) sum += x[x0 + i] * x[x0 + i];
  sum = groupSum(sum, shared);
  if (get_local_id(0) == 0) partial[partial0 + get_group_id(0)] = sum;
}
