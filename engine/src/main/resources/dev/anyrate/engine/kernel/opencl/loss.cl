// Losses. Their mean is taken over the terms in a fixed order.

// Σ (a − b)² of a chunk, a group for each.
kernel void squaredErrors(int size, int chunk, global const float* a, int a0, global const float* b, int b0, global float* partial,
    int partial0) {
  local float shared[GROUP];
  int first = get_group_id(0) * chunk;
  float sum = 0;
  for (int i = first + get_local_id(0); i < min(size, first + chunk); i += GROUP) {
    float difference = a[a0 + i] - b[b0 + i];
    sum += difference * difference;
  }
  sum = groupSum(sum, shared);
  if (get_local_id(0) == 0) partial[partial0 + get_group_id(0)] = sum;
}

// loss = Σ terms / size, by a single group.
kernel void meanOfTerms(int terms, float size, global const float* term, int term0, global float* loss, int loss0) {
  local float shared[GROUP];
  float sum = 0;
  for (int i = get_local_id(0); i < terms; i += GROUP) sum += term[term0 + i];
  sum = groupSum(sum, shared);
  if (get_local_id(0) == 0) loss[loss0] = sum / size;
}

kernel void meanSquaredErrorBackward(int size, global const float* a, int a0, global const float* b, int b0,
    global const float* dLoss, int dLoss0, global float* dA, int dA0) {
  int i = get_global_id(0);
  if (i < size) dA[dA0 + i] = 2 * (a[a0 + i] - b[b0 + i]) / size * dLoss[dLoss0];
}

// The row's maximum, and Σ e^(x − max).
static inline float2 maximumAndSum(global const float* row, int columns, local float* shared) {
  float max = -INFINITY;
  for (int j = get_local_id(0); j < columns; j += GROUP) max = fmax(max, row[j]);
  max = groupMax(max, shared);
  float sum = 0;
  for (int j = get_local_id(0); j < columns; j += GROUP) sum += exp(row[j] - max);
  return (float2)(max, groupSum(sum, shared));
}

// The term of each row, −log softmax(logits)[label]; NaN where the label is no class, since a kernel can refuse nothing.
kernel void crossEntropy(int classes, global const float* logits, int logits0, global const float* labels, int labels0,
    global float* term, int term0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  global const float* x = logits + logits0 + row * classes;
  float2 maxSum = maximumAndSum(x, classes, shared);
  float label = labels[labels0 + row];
  float chosen = label >= 0 && label < classes && label == floor(label) ? x[(int) label] : NAN;
  if (get_local_id(0) == 0) term[term0 + row] = log(maxSum.y) - (chosen - maxSum.x);
}

kernel void crossEntropyBackward(int rows, int classes, global const float* logits, int logits0, global const float* labels,
    int labels0, global const float* dLoss, int dLoss0, global float* dLogits, int dLogits0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  int start = row * classes;
  global const float* x = logits + logits0 + start;
  float2 maxSum = maximumAndSum(x, classes, shared);
  for (int j = get_local_id(0); j < classes; j += GROUP) {
    float probability = exp(x[j] - maxSum.x) / maxSum.y;
    float target = j == (int) labels[labels0 + row] ? 1 : 0;
    dLogits[dLogits0 + start + j] = (probability - target) / rows * dLoss[dLoss0];
  }
}

// logSum and the term of the loss of each row of a block that begins at row `first`. s holds z_i·z_j, a row of 2B for each row of the block;
// divided by the temperature it is s_ij.
// The partner is kept apart from the others: where it dominates, as at the end of training, the term is ln(1 + others/partner), which has all its digits.
kernel void ntXent(int first, int pairs, float temperature, global const float* s, int s0, global float* logSum, int logSum0,
    global float* term, int term0) {
  local float shared[GROUP];
  int rows = 2 * pairs;
  int i = first + get_group_id(0);
  int partner = (i + pairs) % rows;
  global const float* row = s + s0 + get_group_id(0) * rows;
  float max = -INFINITY; // of s_ij over the others
  for (int j = get_local_id(0); j < rows; j += GROUP) {
    if (j != i && j != partner) max = fmax(max, row[j] / temperature);
  }
  max = groupMax(max, shared);
  float sum = 0; // of e^(s_ij − max), likewise
  for (int j = get_local_id(0); j < rows; j += GROUP) {
    if (j != i && j != partner) sum += exp(row[j] / temperature - max);
  }
  sum = groupSum(sum, shared);
  if (get_local_id(0) != 0) return;
  float own = row[partner] / temperature;
  float difference; // logSum − own
  if (sum == 0) {
    difference = 0;
  } else if (own >= max) {
    difference = log1p(sum * exp(max - own));
  } else {
    difference = max - own + log(sum + exp(own - max));
  }
  term[term0 + i] = difference;
  logSum[logSum0 + i] = own + difference;
}

// s becomes dLoss/(2B·temperature)·(p_ij + p_ji), less 2 for the partner, and 0 for the row itself: dZ_i is then its product with z.
kernel void ntXentWeights(int first, int pairs, float temperature, global const float* logSum, int logSum0, global const float* dLoss,
    int dLoss0, global float* s, int s0) {
  int j = get_global_id(0);
  int rows = 2 * pairs;
  if (j >= rows) return;
  int i = first + get_global_id(1);
  int at = s0 + (int) get_global_id(1) * rows + j;
  float similarity = s[at] / temperature;
  float weight = exp(similarity - logSum[logSum0 + i]) + exp(similarity - logSum[logSum0 + j]);
  if (j == (i + pairs) % rows) weight -= 2;
  if (j == i) weight = 0;
  s[at] = dLoss[dLoss0] / (rows * temperature) * weight;
}
