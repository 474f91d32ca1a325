// Length and angle of rows, a group of work-items for each row.

// Σ a·b of two rows, each times a factor
static inline float dotProduct(global const float* a, float aFactor, global const float* b, float bFactor, int columns, local float* shared) {
  float sum = 0;
  for (int j = get_local_id(0); j < columns; j += GROUP) sum += (aFactor * a[j]) * (bFactor * b[j]);
  return groupSum(sum, shared);
}

// max(‖x‖, epsilon) of a row. Of numbers around 1e20 or 1e-20, whose squares no float holds, it is found on another scale.
static inline float norm(global const float* x, int columns, float epsilon, local float* shared) {
  float length = sqrt(dotProduct(x, 1, x, 1, columns, shared));
  if (isinf(length) || length < 0x1p-50f) {
    float scale = isinf(length) ? 0x1p-80f : 0x1p80f;
    length = sqrt(dotProduct(x, scale, x, scale, columns, shared)) / scale;
  }
  return length < epsilon ? epsilon : length; // NaN stays NaN
}

kernel void l2Normalize(int columns, float epsilon, global const float* x, int x0, global float* y, int y0, global float* norms,
    int norms0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  int start = row * columns;
  float length = norm(x + x0 + start, columns, epsilon, shared);
  for (int j = get_local_id(0); j < columns; j += GROUP) y[y0 + start + j] = x[x0 + start + j] / length;
  if (get_local_id(0) == 0) norms[norms0 + row] = length;
}

kernel void l2NormalizeBackward(int columns, float epsilon, global const float* y, int y0, global const float* norms, int norms0,
    global const float* dY, int dY0, global float* dX, int dX0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  int start = row * columns;
  // The part of dY along y changes only the length, which is lost, but for a length below epsilon: that was not divided by.
  float along = dotProduct(dY + dY0 + start, 1, y + y0 + start, 1, columns, shared);
  if (norms[norms0 + row] <= epsilon) along = 0;
  for (int j = get_local_id(0); j < columns; j += GROUP) {
    dX[dX0 + start + j] = (dY[dY0 + start + j] - y[y0 + start + j] * along) / norms[norms0 + row];
  }
}

kernel void cosineSimilarity(int columns, float epsilon, global const float* a, int a0, global const float* b, int b0,
    global float* y, int y0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  global const float* aRow = a + a0 + row * columns;
  global const float* bRow = b + b0 + row * columns;
  float aLength = norm(aRow, columns, epsilon, shared);
  float bLength = norm(bRow, columns, epsilon, shared);
  float cosine = dotProduct(aRow, 1 / aLength, bRow, 1 / bLength, columns, shared);
  if (get_local_id(0) == 0) y[y0 + row] = cosine;
}

kernel void cosineSimilarityBackward(int columns, float epsilon, global const float* a, int a0, global const float* b, int b0,
    global const float* y, int y0, global const float* dY, int dY0, global float* dA, int dA0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  int start = row * columns;
  float aLength = norm(a + a0 + start, columns, epsilon, shared);
  float bLength = norm(b + b0 + start, columns, epsilon, shared);
  for (int j = get_local_id(0); j < columns; j += GROUP) {
    float towardsB = b[b0 + start + j] / bLength;
    float alongA = aLength <= epsilon ? 0 : y[y0 + row] * (a[a0 + start + j] / aLength);
    dA[dA0 + start + j] = dY[dY0 + row] * (towardsB - alongA) / aLength;
  }
}
