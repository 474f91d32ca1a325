// Positions, one angle at a time.

kernel void windowCounts(int batch, int window, int stride, int padding, global const float* lengths, int lengths0,
    global float* counts, int counts0) {
  int b = get_global_id(0);
  if (b >= batch) return;
  long span = max(1, convert_int_sat(lengths[lengths0 + b])) + 2L * padding - window;
  counts[counts0 + b] = span < 0 ? 1 : span / stride + 1;
}

// sin(π·h): h is brought to [−½, ½], where the terms of the Taylor series up to h¹¹ leave 6e-8. The built-in sinpi has branches, and so has exp2; with them a
// processor computes one number at a time.
static inline float sineOfHalfTurns(float h) {
  h -= 2 * rint(0.5f * h);
  h = fabs(h) > 0.5f ? copysign(1.0f, h) - h : h;
  float square = h * h;
  float sum = -0.0073704309f * square + 0.0821458866f;
  sum = sum * square - 0.5992645293f;
  sum = sum * square + 2.5501640399f;
  sum = sum * square - 5.1677127800f;
  return h * (sum * square + 3.1415926536f);
}

// Channels 2i and 2i + 1 turn slowest·e^(i·growth) times a series, in sine and cosine.
kernel void addRelativePositions(int length, int channels, int stride, float slowest, float growth, global const float* x, int x0,
    global const float* lengths, int lengths0, global float* y, int y0) {
  int c = get_global_id(0);
  int t = get_global_id(1);
  int b = get_global_id(2);
  if (c >= channels) return;
  float time = (t + 0.5f) * stride / fmax(lengths[lengths0 + b], 1.0f);
  float halfTurns = 2 * slowest * exp((int) c / 2 * growth) * time;
  int row = (b * length + t) * channels;
  (y + y0 + row)[c] = (x + x0 + row)[c] + sineOfHalfTurns(c % 2 == 0 ? halfTurns : 0.5f - halfTurns);
}
