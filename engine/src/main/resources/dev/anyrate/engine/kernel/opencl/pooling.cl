// Statistics over the valid samples of a series. Sample t of channel c in series b is number (b·L + t)·C + c. Forward a work-item takes a channel of a
// series, so that neighbours read neighbours; backward one sample of it.

// The first t < n that has the largest of the numbers x[t·stride], or the first NaN.
static inline int positionOfMaximum(global const float* x, int stride, int n) {
  int best = 0;
  for (int t = 1; t < n; t++) {
    if (!(x[t * stride] <= x[best * stride]) && !isnan(x[best * stride])) best = t;
  }
  return best;
}

static inline float meanOf(global const float* x, int stride, int n) {
  float sum = 0;
  for (int t = 0; t < n; t++) sum += x[t * stride];
  return sum / n;
}

kernel void meanOverTime(int length, int channels, global const float* x, int x0, global const float* lengths, int lengths0,
    global float* y, int y0) {
  int c = get_global_id(0);
  int b = get_global_id(1);
  if (c >= channels) return;
  int n = validOf(lengths + lengths0, b, length);
  y[y0 + b * channels + c] = meanOf(x + x0 + b * length * channels + c, channels, n);
}

kernel void meanOverTimeBackward(int length, int channels, global const float* lengths, int lengths0, global const float* dY,
    int dY0, global float* dX, int dX0) {
  int c = get_global_id(0);
  int t = get_global_id(1);
  int b = get_global_id(2);
  if (c >= channels) return;
  int n = validOf(lengths + lengths0, b, length);
  dX[dX0 + (b * length + t) * channels + c] = t < n ? dY[dY0 + b * channels + c] / n : 0;
}

kernel void maxOverTime(int length, int channels, global const float* x, int x0, global const float* lengths, int lengths0,
    global float* y, int y0, global float* position, int position0) {
  int c = get_global_id(0);
  int b = get_global_id(1);
  if (c >= channels) return;
  global const float* series = x + x0 + b * length * channels + c;
  int best = positionOfMaximum(series, channels, validOf(lengths + lengths0, b, length));
  y[y0 + b * channels + c] = series[best * channels];
  position[position0 + b * channels + c] = best;
}

kernel void maxOverTimeBackward(int length, int channels, global const float* position, int position0, global const float* dY,
    int dY0, global float* dX, int dX0) {
  int c = get_global_id(0);
  int t = get_global_id(1);
  int b = get_global_id(2);
  if (c >= channels) return;
  int i = b * channels + c;
  dX[dX0 + (b * length + t) * channels + c] = t == (int) position[position0 + i] ? dY[dY0 + i] : 0;
}

kernel void statisticsOverTime(int length, int channels, float epsilon, global const float* x, int x0, global const float* lengths,
    int lengths0, global float* y, int y0, global float* position, int position0) {
  int c = get_global_id(0);
  int b = get_global_id(1);
  if (c >= channels) return;
  int n = validOf(lengths + lengths0, b, length);
  global const float* series = x + x0 + b * length * channels + c;
  float mean = meanOf(series, channels, n);
  float squares = 0;
  int positive = 0;
  for (int t = 0; t < n; t++) {
    float distance = series[t * channels] - mean;
    squares += distance * distance;
    if (series[t * channels] > 0) positive++;
  }
  int best = positionOfMaximum(series, channels, n);
  int row = y0 + b * 4 * channels + c; // rows of y: mean, maximum, deviation, share of positive values
  y[row] = mean;
  y[row + channels] = series[best * channels];
  y[row + 2 * channels] = sqrt(squares / n + epsilon);
  y[row + 3 * channels] = (float) positive / n;
  position[position0 + b * channels + c] = best;
}

kernel void statisticsOverTimeBackward(int length, int channels, global const float* x, int x0, global const float* lengths,
    int lengths0, global const float* y, int y0, global const float* position, int position0, global const float* dY, int dY0,
    global float* dX, int dX0) {
  int c = get_global_id(0);
  int t = get_global_id(1);
  int b = get_global_id(2);
  if (c >= channels) return;
  int n = validOf(lengths + lengths0, b, length);
  int i = (b * length + t) * channels + c;
  if (t >= n) {
    dX[dX0 + i] = 0;
    return;
  }
  int row = b * 4 * channels + c;
  float mean = y[y0 + row];
  float deviation = y[y0 + row + 2 * channels];
  float dMean = dY[dY0 + row];
  float dMaximum = t == (int) position[position0 + b * channels + c] ? dY[dY0 + row + channels] : 0;
  float dDeviation = dY[dY0 + row + 2 * channels];
  dX[dX0 + i] = dMean / n + dMaximum + dDeviation * (x[x0 + i] - mean) / (n * deviation);
}
