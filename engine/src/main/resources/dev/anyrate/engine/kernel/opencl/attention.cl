// Scaled dot-product attention. Scores of a block of queries come from a matrix product and go into another one; what happens to them in between stands
// here, a group of work-items for each query. s is [batch·heads, queries, length], the queries of a block that begins at `first`.

// s becomes p_ij = e^(s_ij − logSum_i) over the valid keys, 0 behind them and where there is none; logSum is [batch, heads, length].
kernel void attentionWeights(int first, int queries, int length, int heads, float scale, global const float* lengths, int lengths0,
    global float* s, int s0, global float* logSum, int logSum0) {
  local float shared[GROUP];
  int part = get_group_id(0) / queries;
  int query = get_group_id(0) % queries;
  int valid = validOf(lengths + lengths0, part / heads, length);
  global float* row = s + s0 + get_group_id(0) * length;
  float max = -INFINITY;
  for (int j = get_local_id(0); j < valid; j += GROUP) max = fmax(max, scale * row[j]);
  max = groupMax(max, shared);
  float sum = 0;
  for (int j = get_local_id(0); j < valid; j += GROUP) sum += row[j] = exp(scale * row[j] - max);
  sum = groupSum(sum, shared);
  for (int j = get_local_id(0); j < length; j += GROUP) row[j] = j < valid ? row[j] / sum : 0;
  if (get_local_id(0) == 0) logSum[logSum0 + part * length + first + query] = valid > 0 ? max + log(sum) : 0;
}

// s becomes p once more, and dP becomes dS_ij = p_ij·(dP_ij − D_i)·scale with D_i = dY[i]·y[i].
kernel void attentionGradients(int first, int queries, int length, int heads, int headSize, float scale, global const float* lengths,
    int lengths0, global const float* y, int y0, global const float* dY, int dY0, global const float* logSum, int logSum0,
    global float* s, int s0, global float* dP, int dP0) {
  local float shared[GROUP];
  int part = get_group_id(0) / queries;
  int query = first + get_group_id(0) % queries;
  int valid = validOf(lengths + lengths0, part / heads, length);
  int result = ((part / heads * length + query) * heads + part % heads) * headSize;
  float sum = 0;
  for (int d = get_local_id(0); d < headSize; d += GROUP) sum += dY[dY0 + result + d] * y[y0 + result + d];
  float meanOfDP = groupSum(sum, shared); // D_i
  float rowLogSum = logSum[logSum0 + part * length + query];
  for (int j = get_local_id(0); j < length; j += GROUP) {
    int at = get_group_id(0) * length + j;
    float p = j < valid ? exp(scale * s[s0 + at] - rowLogSum) : 0;
    s[s0 + at] = p;
    dP[dP0 + at] = j < valid ? p * (dP[dP0 + at] - meanOfDP) * scale : 0;
  }
}
