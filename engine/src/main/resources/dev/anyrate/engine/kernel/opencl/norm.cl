// Batch, layer and group normalisation. `lengths` holds the valid samples of each series; what lies behind them is never read, and 0 in results.
//
// Where samples of a batch are normalised by channel, a work-item takes LANES channels of a chunk of the samples of one series. Where sums over the samples are
// wanted, each chunk has its own and a group for each channel adds those: partial is [C, B, chunks], twice where there are two sums.

// What a work-item takes.
typedef struct {
  int b;
  int chunk;
  int begin; // first sample
  int end;   // behind the last one, in [begin, length]
  int c;     // first channel
  int count; // of channels, may be more than LANES
} Part;

static inline Part part(int length, int channels, int samples, int chunks) {
  int blocks = (channels + LANES - 1) / LANES;
  int item = get_global_id(0);
  Part p;
  p.b = item / blocks / chunks;
  p.chunk = item / blocks % chunks;
  p.begin = p.chunk * samples;
  p.end = min(p.begin + samples, length);
  p.c = item % blocks * LANES;
  p.count = channels - p.c;
  return p;
}

static inline void storeSums(const Part* p, int batch, int chunks, VECTOR sums, global float* partial) {
  float ofChannel[LANES];
  STORE(sums, 0, ofChannel);
  for (int j = 0; j < min(LANES, p->count); j++) partial[((p->c + j) * batch + p->b) * chunks + p->chunk] = ofChannel[j];
}

// n: the sum of the lengths.
static inline float validSamples(int batch, int length, global const float* lengths) {
  int sum = 0;
  for (int b = 0; b < batch; b++) sum += validOf(lengths, b, length);
  return sum;
}

// Where the chunk of this work-item ends: at the valid samples' end at the latest.
static inline int chunkEnd(int samples, int length, global const float* lengths, int b) {
  return min((int) (get_global_id(1) + 1) * samples, validOf(lengths, b, length));
}

// Where its sum goes.
static inline int chunkIndex(int c, int chunks, int batch) {
  return (c * batch + (int) get_global_id(2)) * chunks + (int) get_global_id(1);
}

kernel void channelSums(int batch, int length, int channels, int samples, int chunks, global const float* x, int x0, global const float* lengths,
    int lengths0, global float* partial, int partial0) {
  Part p = part(length, channels, samples, chunks);
  if (p.b >= batch) return;
  int end = min(p.end, validOf(lengths + lengths0, p.b, length));
  VECTOR sum = 0;
  for (int t = p.begin; t < end; t++) sum += load(p.count, x + x0 + (p.b * length + t) * channels + p.c);
  storeSums(&p, batch, chunks, sum, partial + partial0);
}

kernel void channelSquares(int batch, int length, int channels, int samples, int chunks, global const float* x, int x0,
    global const float* lengths, int lengths0, global const float* mean, int mean0, global float* partial, int partial0) {
  Part p = part(length, channels, samples, chunks);
  if (p.b >= batch) return;
  int end = min(p.end, validOf(lengths + lengths0, p.b, length));
  VECTOR center = load(p.count, mean + mean0 + p.c);
  VECTOR squares = 0;
  for (int t = p.begin; t < end; t++) {
    VECTOR distance = load(p.count, x + x0 + (p.b * length + t) * channels + p.c) - center;
    squares += distance * distance;
  }
  storeSums(&p, batch, chunks, squares, partial + partial0);
}

// Σ of a channel's chunks, by a group.
static inline float sumOf(global const float* partial, int chunks, local float* shared) {
  float sum = 0;
  for (int j = get_local_id(0); j < chunks; j += GROUP) sum += partial[j];
  return groupSum(sum, shared);
}

kernel void channelMeans(int batch, int length, int chunks, global const float* lengths, int lengths0, global const float* partial,
    int partial0, global float* mean, int mean0) {
  local float shared[GROUP];
  int c = get_group_id(0);
  float sum = sumOf(partial + partial0 + c * chunks, chunks, shared);
  if (get_local_id(0) == 0) mean[mean0 + c] = sum / fmax(validSamples(batch, length, lengths + lengths0), 1.0f); // a sum over no sample is 0
}

// dGamma and dBeta from [2, C, chunks], a group for each number.
kernel void sumOfChunks(int channels, int chunks, global const float* partial, int partial0, global float* dGamma, int dGamma0,
    global float* dBeta, int dBeta0) {
  local float shared[GROUP];
  int i = get_group_id(0);
  float sum = sumOf(partial + partial0 + i * chunks, chunks, shared);
  if (get_local_id(0) != 0) return;
  if (i < channels) {
    dGamma[dGamma0 + i] = sum;
  } else {
    dBeta[dBeta0 + i - channels] = sum;
  }
}

kernel void countSamples(int batch, int length, global const float* lengths, int lengths0, global float* count, int count0) {
  if (get_global_id(0) == 0) count[count0] = validSamples(batch, length, lengths + lengths0);
}

kernel void updateRunningStatistics(int batch, int channels, float momentum, global const float* lengths, int lengths0,
    global const float* mean, int mean0, global const float* variance, int variance0, global float* runningMean, int runningMean0,
    global float* runningVariance, int runningVariance0) {
  int c = get_global_id(0);
  if (c >= channels) return;
  float n = validSamples(batch, INT_MAX, lengths + lengths0); // of a batch whose length is not known here
  if (n == 0) return;
  float unbiased = n / fmax(n - 1, 1.0f); // the variance of a single sample is 0, and must not become 0/0
  float keep = 1 - momentum;
  runningMean[runningMean0 + c] = keep * runningMean[runningMean0 + c] + momentum * mean[mean0 + c];
  runningVariance[runningVariance0 + c] = keep * runningVariance[runningVariance0 + c] + momentum * unbiased * variance[variance0 + c];
}

// The kernel `normalize`, whose name is that of a function of OpenCL.
kernel void normalizeChannels(int batch, int length, int channels, int samples, int chunks, global const float* x, int x0,
    global const float* lengths, int lengths0, global const float* mean, int mean0, global const float* variance, int variance0,
    float epsilon, global const float* gamma, int gamma0, global const float* beta, int beta0, global const float* residual, int residual0,
    int relu, global float* y, int y0) {
  Part p = part(length, channels, samples, chunks);
  if (p.b >= batch) return;
  int end = min(p.end, validOf(lengths + lengths0, p.b, length));
  VECTOR center = load(p.count, mean + mean0 + p.c);
  VECTOR rstd = 1 / sqrt(load(p.count, variance + variance0 + p.c) + epsilon);
  VECTOR scale = load(p.count, gamma + gamma0 + p.c);
  VECTOR shift = load(p.count, beta + beta0 + p.c);
  for (int t = p.begin; t < p.end; t++) {
    int i = (p.b * length + t) * channels + p.c;
    VECTOR sum = 0;
    if (t < end) {
      sum = (load(p.count, x + x0 + i) - center) * rstd * scale + shift;
      if (residual) sum += load(p.count, residual + residual0 + i);
      if (relu) sum = sum < 0 ? (VECTOR) 0 : sum; // NaN stays NaN
    }
    store(p.count, sum, y + y0 + i);
  }
}

// g: dY where the activation let the sum pass.
static inline VECTOR behindActivation(int count, int relu, global const float* y, global const float* dY) {
  VECTOR g = load(count, dY);
  return relu ? (load(count, y) <= 0 ? (VECTOR) 0 : g) : g;
}

kernel void normalizeBackwardParameters(int batch, int length, int channels, int samples, int chunks, global const float* x, int x0,
    global const float* lengths, int lengths0, global const float* mean, int mean0, global const float* variance, int variance0,
    float epsilon, int relu, global const float* y, int y0, global const float* dY, int dY0, global float* partial, int partial0) {
  Part p = part(length, channels, samples, chunks);
  if (p.b >= batch) return;
  int end = min(p.end, validOf(lengths + lengths0, p.b, length));
  VECTOR center = load(p.count, mean + mean0 + p.c);
  VECTOR rstd = 1 / sqrt(load(p.count, variance + variance0 + p.c) + epsilon);
  VECTOR sumGxHat = 0;
  VECTOR sumG = 0;
  for (int t = p.begin; t < end; t++) {
    int i = (p.b * length + t) * channels + p.c;
    VECTOR g = behindActivation(p.count, relu, y + y0 + i, dY + dY0 + i);
    sumGxHat += g * (load(p.count, x + x0 + i) - center) * rstd;
    sumG += g;
  }
  storeSums(&p, batch, chunks, sumGxHat, partial + partial0);
  storeSums(&p, batch, chunks, sumG, partial + partial0 + channels * batch * chunks);
}

kernel void normalizeBackwardInput(int batch, int length, int channels, int samples, int chunks, global const float* x, int x0,
    global const float* lengths, int lengths0, global const float* count, int count0, global const float* mean, int mean0,
    global const float* variance, int variance0, float epsilon, global const float* gamma, int gamma0, int batchStatistics, int relu,
    global const float* y, int y0, global const float* dY, int dY0, global const float* dGamma, int dGamma0, global const float* dBeta,
    int dBeta0, global float* dX, int dX0, global float* dResidual, int dResidual0) {
  Part p = part(length, channels, samples, chunks);
  if (p.b >= batch) return;
  int end = min(p.end, validOf(lengths + lengths0, p.b, length));
  VECTOR center = load(p.count, mean + mean0 + p.c);
  VECTOR rstd = 1 / sqrt(load(p.count, variance + variance0 + p.c) + epsilon);
  VECTOR scale = load(p.count, gamma + gamma0 + p.c) * rstd;
  VECTOR meanG = 0; // what goes through the statistics: the mean of g, and that of g·xHat for each unit of x − mean
  VECTOR meanGxHat = 0;
  if (batchStatistics) {
    meanG = load(p.count, dBeta + dBeta0 + p.c) / count[count0];
    meanGxHat = load(p.count, dGamma + dGamma0 + p.c) / count[count0] * rstd;
  }
  for (int t = p.begin; t < p.end; t++) {
    int i = (p.b * length + t) * channels + p.c;
    VECTOR g = 0;
    VECTOR input = 0;
    if (t < end) {
      g = behindActivation(p.count, relu, y + y0 + i, dY + dY0 + i);
      input = g - meanG;
      if (batchStatistics) input -= (load(p.count, x + x0 + i) - center) * meanGxHat;
      input *= scale;
    }
    if (dX) store(p.count, input, dX + dX0 + i);
    if (dResidual) store(p.count, g, dResidual + dResidual0 + i);
  }
}

// The numbers of one row share a mean and a variance: a group for each row.
kernel void layerNorm(int channels, float epsilon, global const float* x, int x0, global const float* gamma, int gamma0,
    global const float* beta, int beta0, global float* mean, int mean0, global float* rstd, int rstd0, global float* y, int y0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  global const float* xRow = x + x0 + row * channels;
  float sum = 0;
  for (int c = get_local_id(0); c < channels; c += GROUP) sum += xRow[c];
  float center = groupSum(sum, shared) / channels;
  float squares = 0;
  for (int c = get_local_id(0); c < channels; c += GROUP) {
    float distance = xRow[c] - center;
    squares += distance * distance;
  }
  float scale = 1 / sqrt(groupSum(squares, shared) / channels + epsilon);
  for (int c = get_local_id(0); c < channels; c += GROUP) {
    y[y0 + row * channels + c] = (xRow[c] - center) * scale * gamma[gamma0 + c] + beta[beta0 + c];
  }
  if (get_local_id(0) == 0) {
    mean[mean0 + row] = center;
    rstd[rstd0 + row] = scale;
  }
}

kernel void layerNormBackwardInput(int channels, global const float* x, int x0, global const float* gamma, int gamma0,
    global const float* mean, int mean0, global const float* rstd, int rstd0, global const float* dY, int dY0, global float* dX,
    int dX0) {
  local float shared[GROUP];
  int row = get_group_id(0);
  int start = row * channels;
  float center = mean[mean0 + row];
  float scale = rstd[rstd0 + row];
  float sumH = 0;
  float sumHxHat = 0;
  for (int c = get_local_id(0); c < channels; c += GROUP) {
    float h = dY[dY0 + start + c] * gamma[gamma0 + c];
    sumH += h;
    sumHxHat += h * (x[x0 + start + c] - center) * scale;
  }
  sumH = groupSum(sumH, shared);
  sumHxHat = groupSum(sumHxHat, shared);
  for (int c = get_local_id(0); c < channels; c += GROUP) {
    float h = dY[dY0 + start + c] * gamma[gamma0 + c];
    float xHat = (x[x0 + start + c] - center) * scale;
    dX[dX0 + start + c] = scale * (h - sumH / channels - xHat * sumHxHat / channels);
  }
}

// Chunks are of rows here.
kernel void layerNormBackwardParameters(int rows, int channels, int samples, int chunks, global const float* x, int x0,
    global const float* mean, int mean0, global const float* rstd, int rstd0, global const float* dY, int dY0, global float* partial,
    int partial0) {
  int c = get_global_id(0);
  int chunk = get_global_id(1);
  if (c >= channels) return;
  float sumGradientXHat = 0;
  float sumGradient = 0;
  for (int row = chunk * samples; row < min(rows, (chunk + 1) * samples); row++) {
    int i = row * channels + c;
    sumGradientXHat += dY[dY0 + i] * (x[x0 + i] - mean[mean0 + row]) * rstd[rstd0 + row];
    sumGradient += dY[dY0 + i];
  }
  partial[partial0 + c * chunks + chunk] = sumGradientXHat;
  partial[partial0 + (channels + c) * chunks + chunk] = sumGradient;
}

// The valid samples of one series, over the channels of one group, share a mean and a variance: a group of work-items for each. j counts these numbers.
kernel void groupNorm(int length, int channels, int groups, float epsilon, global const float* x, int x0, global const float* lengths,
    int lengths0, global const float* gamma, int gamma0, global const float* beta, int beta0, global float* mean, int mean0,
    global float* rstd, int rstd0, global float* y, int y0) {
  local float shared[GROUP];
  int b = get_group_id(0) / groups;
  int width = channels / groups;
  int firstChannel = get_group_id(0) % groups * width;
  int start = b * length * channels + firstChannel;
  int n = validOf(lengths + lengths0, b, length) * width;
  float sum = 0;
  for (int j = get_local_id(0); j < n; j += GROUP) sum += x[x0 + start + j / width * channels + j % width];
  float center = groupSum(sum, shared) / n;
  float squares = 0;
  for (int j = get_local_id(0); j < n; j += GROUP) {
    float distance = x[x0 + start + j / width * channels + j % width] - center;
    squares += distance * distance;
  }
  float scale = 1 / sqrt(groupSum(squares, shared) / n + epsilon);
  for (int j = get_local_id(0); j < length * width; j += GROUP) {
    int i = start + j / width * channels + j % width;
    int c = firstChannel + j % width;
    y[y0 + i] = j < n ? (x[x0 + i] - center) * scale * gamma[gamma0 + c] + beta[beta0 + c] : 0;
  }
  if (get_local_id(0) == 0) {
    mean[mean0 + get_group_id(0)] = center;
    rstd[rstd0 + get_group_id(0)] = scale;
  }
}

kernel void groupNormBackwardInput(int length, int channels, int groups, global const float* x, int x0, global const float* lengths,
    int lengths0, global const float* gamma, int gamma0, global const float* mean, int mean0, global const float* rstd, int rstd0,
    global const float* dY, int dY0, global float* dX, int dX0) {
  local float shared[GROUP];
  int b = get_group_id(0) / groups;
  int width = channels / groups;
  int firstChannel = get_group_id(0) % groups * width;
  int start = b * length * channels + firstChannel;
  int n = validOf(lengths + lengths0, b, length) * width;
  float center = mean[mean0 + get_group_id(0)];
  float scale = rstd[rstd0 + get_group_id(0)];
  float sumH = 0;
  float sumHxHat = 0;
  for (int j = get_local_id(0); j < n; j += GROUP) {
    int i = start + j / width * channels + j % width;
    float h = dY[dY0 + i] * gamma[gamma0 + firstChannel + j % width];
    sumH += h;
    sumHxHat += h * (x[x0 + i] - center) * scale;
  }
  sumH = groupSum(sumH, shared);
  sumHxHat = groupSum(sumHxHat, shared);
  for (int j = get_local_id(0); j < length * width; j += GROUP) {
    int i = start + j / width * channels + j % width;
    float result = 0;
    if (j < n) {
      float h = dY[dY0 + i] * gamma[gamma0 + firstChannel + j % width];
      float xHat = (x[x0 + i] - center) * scale;
      result = scale * (h - sumH / n - xHat * sumHxHat / n);
    }
    dX[dX0 + i] = result;
  }
}

kernel void groupNormBackwardParameters(int batch, int length, int channels, int groups, int samples, int chunks,
    global const float* x, int x0, global const float* lengths, int lengths0, global const float* mean, int mean0,
    global const float* rstd, int rstd0, global const float* dY, int dY0, global float* partial, int partial0) {
  int c = get_global_id(0);
  int b = get_global_id(2);
  if (c >= channels) return;
  int end = chunkEnd(samples, length, lengths + lengths0, b);
  int group = b * groups + c / (channels / groups);
  float sumGradientXHat = 0;
  float sumGradient = 0;
  for (int t = get_global_id(1) * samples; t < end; t++) {
    int i = (b * length + t) * channels + c;
    sumGradientXHat += dY[dY0 + i] * (x[x0 + i] - mean[mean0 + group]) * rstd[rstd0 + group];
    sumGradient += dY[dY0 + i];
  }
  int chunk = chunkIndex(c, chunks, batch);
  partial[partial0 + chunk] = sumGradientXHat;
  partial[partial0 + channels * batch * chunks + chunk] = sumGradient;
}
