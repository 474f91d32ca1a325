// Positions, one angle at a time.

kernel void windowCounts(int batch, int window, int stride, int padding, global const float* lengths, int lengths0,
    global float* counts, int counts0) {
  int b = get_global_id(0);
  if (b >= batch) return;
  int span = (int) lengths[lengths0 + b] + 2 * padding - window;
  counts[counts0 + b] = span < 0 ? 1 : span / stride + 1;
}

// Channels 2i and 2i + 1 turn slowest·2^(i·octaves) times a series. Turns count in π, of which sinpi and cospi know the whole ones.
kernel void addRelativePositions(int length, int channels, int stride, float slowest, float octaves, global const float* x, int x0,
    global const float* lengths, int lengths0, global float* y, int y0) {
  int c = get_global_id(0);
  int t = get_global_id(1);
  int b = get_global_id(2);
  if (c >= channels) return;
  float time = (t + 0.5f) * stride / lengths[lengths0 + b];
  float halfTurns = 2 * slowest * exp2(c / 2 * octaves) * time;
  int i = (b * length + t) * channels + c;
  y[y0 + i] = x[x0 + i] + (c % 2 == 0 ? sinpi(halfTurns) : cospi(halfTurns));
}
