// Softmax over rows, a group of work-items for each. Subtracting the row's maximum changes nothing, as e^−max cancels out, but makes every exponent at most 0.

static inline float maximum(global const float* row, int columns, local float* shared) {
  float max = -INFINITY;
  for (int j = get_local_id(0); j < columns; j += GROUP) max = fmax(max, row[j]);
  return groupMax(max, shared);
}

// Σ e^(x − max) over a row
static inline float sumOfExponentials(global const float* row, int columns, float max, local float* shared) {
  float sum = 0;
  for (int j = get_local_id(0); j < columns; j += GROUP) sum += exp(row[j] - max);
  return groupSum(sum, shared);
}

kernel void softmax(int columns, global const float* x, int x0, global float* y, int y0) {
  local float shared[GROUP];
  int start = get_group_id(0) * columns;
  global const float* xRow = x + x0 + start;
  global float* yRow = y + y0 + start;
  float max = maximum(xRow, columns, shared);
  float sum = sumOfExponentials(xRow, columns, max, shared);
  for (int j = get_local_id(0); j < columns; j += GROUP) yRow[j] = exp(xRow[j] - max) / sum;
}

kernel void softmaxBackward(int columns, global const float* y, int y0, global const float* dY, int dY0, global float* dX, int dX0) {
  local float shared[GROUP];
  int start = get_group_id(0) * columns;
  float sum = 0; // Σ dY·y
  for (int j = get_local_id(0); j < columns; j += GROUP) sum += dY[dY0 + start + j] * y[y0 + start + j];
  sum = groupSum(sum, shared);
  for (int j = get_local_id(0); j < columns; j += GROUP) {
    dX[dX0 + start + j] = y[y0 + start + j] * (dY[dY0 + start + j] - sum);
  }
}

kernel void logSoftmax(int columns, global const float* x, int x0, global float* y, int y0) {
  local float shared[GROUP];
  int start = get_group_id(0) * columns;
  global const float* xRow = x + x0 + start;
  global float* yRow = y + y0 + start;
  float max = maximum(xRow, columns, shared);
  float logSum = log(sumOfExponentials(xRow, columns, max, shared));
  for (int j = get_local_id(0); j < columns; j += GROUP) yRow[j] = xRow[j] - max - logSum;
}

kernel void logSoftmaxBackward(int columns, global const float* y, int y0, global const float* dY, int dY0, global float* dX,
    int dX0) {
  local float shared[GROUP];
  int start = get_group_id(0) * columns;
  float sum = 0; // Σ dY
  for (int j = get_local_id(0); j < columns; j += GROUP) sum += dY[dY0 + start + j];
  sum = groupSum(sum, shared);
  for (int j = get_local_id(0); j < columns; j += GROUP) {
    dX[dX0 + start + j] = dY[dY0 + start + j] - exp(y[y0 + start + j]) * sum;
  }
}
