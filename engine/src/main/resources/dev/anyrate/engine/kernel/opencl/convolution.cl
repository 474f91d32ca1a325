// One-dimensional convolution as implicit matrix products: a row of the left matrix is a window of the input, read where it lies. s is a sample of
// the input, t one of the result and k a tap, tied by s = t·stride + k·dilation − padding; o is an output channel, c an input channel of its group.

// How windows lie in the rows that they are read from. Row `to` of the result reads row (to·multiply + k·step + shift)/divide of its series, where that
// is whole and inside; the transposed form, for the gradient of the input, has the same shape.
typedef struct {
  int fromLength;
  int toLength;
  int multiply;
  int divide;
  int step;
  int shift;
} Windows;

// The row of its series that tap k reads, −1 where it reads a zero.
static inline int sourceRow(const Windows* w, int to, int k) {
  int distance = to * w->multiply + k * w->step + w->shift;
  int from = distance / w->divide;
  return distance >= 0 && from * w->divide == distance && from < w->fromLength ? from : -1;
}

// The weights in panels, [groups, panels, K, depth, TILE_COLUMNS]. weight is [Cout, Cin/groups, K]. Forward, depth counts input and width output channels of a
// group; backward it is the other way round.
kernel void packWeights(int taps, int depth, int width, int backward, global const float* weight, int weight0, global float* packed,
    int packed0) {
  int panels = (width + TILE_COLUMNS - 1) / TILE_COLUMNS;
  int j = get_global_id(0);
  int l = get_global_id(1); // of [K, depth]
  int g = get_global_id(2);
  if (j >= panels * TILE_COLUMNS) return;
  int k = l / depth;
  int o = backward ? g * depth + l % depth : g * width + j;
  int c = backward ? j : l % depth;
  int groupChannels = backward ? width : depth;
  float value = j < width ? weight[weight0 + (o * groupChannels + c) * taps + k] : 0;
  packed[packed0 + ((g * panels + j / TILE_COLUMNS) * taps * depth + l) * TILE_COLUMNS + j % TILE_COLUMNS] = value;
}

#ifdef LOCAL_TILES

// Channels c0 … of the windows' tap k to local memory, zeros where there are none.
static inline void loadWindows(const Windows* w, int firstRow, int rows, int k, int c0, int depth, int channels, global const float* from,
    local float* tile) {
  for (int i = get_local_id(0); i < TILE_DEPTH * TILE_ROWS; i += TILE_ITEMS) {
    int row = firstRow + i / TILE_DEPTH;
    int c = c0 + i % TILE_DEPTH;
    int s = row < rows ? sourceRow(w, row % w->toLength, k) : -1;
    bool inside = s >= 0 && c < depth;
    tile[i % TILE_DEPTH * A_STRIDE + i / TILE_DEPTH] = inside ? from[(row / w->toLength * w->fromLength + s) * channels + c] : 0;
  }
}

// y[row, g·width + j] = bias + Σ_k Σ_c x[window of row, k, c]·weight
kernel void conv1d(const Windows windows, int rows, int taps, int depth, int width, int groups, global const float* from, int from0,
    global const float* packed, int packed0, global const float* bias, int bias0, global float* to, int to0) {
  local float aTile[TILE_DEPTH * A_STRIDE];
  local float bTile[TILE_DEPTH * TILE_COLUMNS];
  int panels = (width + TILE_COLUMNS - 1) / TILE_COLUMNS;
  int firstRow = get_group_id(0) * TILE_ROWS;
  int panel = get_global_id(1);
  int g = get_global_id(2);
  float sums[ITEM_ROWS][ITEM_COLUMNS] = {{0}};
  for (int k = 0; k < taps; k++) {
    global const float* tapWeights = packed + packed0 + ((g * panels + panel) * taps + k) * depth * TILE_COLUMNS;
    for (int c0 = 0; c0 < depth; c0 += TILE_DEPTH) {
      loadWindows(&windows, firstRow, rows, k, c0, depth, groups * depth, from + from0 + g * depth, aTile);
      loadPanel(c0, depth, tapWeights, TILE_COLUMNS, bTile);
      barrier(CLK_LOCAL_MEM_FENCE);
      multiplyTiles(aTile, bTile, sums);
      barrier(CLK_LOCAL_MEM_FENCE);
    }
  }
#pragma unroll
  for (int r = 0; r < ITEM_ROWS; r++) {
#pragma unroll
    for (int q = 0; q < ITEM_COLUMNS; q++) {
      int row = firstRow + tileRow(r);
      int j = panel * TILE_COLUMNS + tileColumn(q);
      if (row >= rows || j >= width) continue;
      int o = g * width + j;
      to[to0 + row * groups * width + o] = sums[r][q] + (bias ? bias[bias0 + o] : 0);
    }
  }
}

// dWeight[o, c, k] = Σ dY[row, o]·x[window of row, k, c] over the rows of a chunk. partial is [chunks, Cout, Cin/groups, K]. Rows are the depth of this product.
kernel void conv1dBackwardWeight(const Windows windows, int rows, int chunk, int taps, int inChannels, int outChannels, int groups,
    global const float* x, int x0, global const float* dY, int dY0, global float* partial, int partial0) {
  local float aTile[TILE_DEPTH * A_STRIDE];
  local float bTile[TILE_DEPTH * TILE_COLUMNS];
  int firstOut = get_group_id(0) * TILE_ROWS;
  int firstIn = (int) get_global_id(1) / taps * TILE_COLUMNS;
  int k = (int) get_global_id(1) % taps;
  int g = (int) get_global_id(2) % groups;
  int part = (int) get_global_id(2) / groups;
  int end = min(rows, (part + 1) * chunk);
  float sums[ITEM_ROWS][ITEM_COLUMNS] = {{0}};
  for (int row0 = part * chunk; row0 < end; row0 += TILE_DEPTH) {
    for (int i = get_local_id(0); i < TILE_DEPTH * TILE_ROWS; i += TILE_ITEMS) {
      int row = row0 + i / TILE_ROWS;
      int o = firstOut + i % TILE_ROWS;
      bool inside = row < end && o < outChannels;
      aTile[i / TILE_ROWS * A_STRIDE + i % TILE_ROWS] = inside ? dY[dY0 + row * groups * outChannels + g * outChannels + o] : 0;
    }
    for (int i = get_local_id(0); i < TILE_DEPTH * TILE_COLUMNS; i += TILE_ITEMS) {
      int row = row0 + i / TILE_COLUMNS;
      int c = firstIn + i % TILE_COLUMNS;
      int s = row < end ? sourceRow(&windows, row % windows.toLength, k) : -1;
      bool inside = s >= 0 && c < inChannels;
      int xRow = row / windows.toLength * windows.fromLength + s;
      bTile[i] = inside ? x[x0 + xRow * groups * inChannels + g * inChannels + c] : 0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    multiplyTiles(aTile, bTile, sums);
    barrier(CLK_LOCAL_MEM_FENCE);
  }
#pragma unroll
  for (int r = 0; r < ITEM_ROWS; r++) {
#pragma unroll
    for (int q = 0; q < ITEM_COLUMNS; q++) {
      int o = firstOut + tileRow(r);
      int c = firstIn + tileColumn(q);
      if (o >= outChannels || c >= inChannels) continue;
      partial[partial0 + (((part * groups + g) * outChannels + o) * inChannels + c) * taps + k] = sums[r][q];
    }
  }
}

#else

// y[row, g·width + j] = bias + Σ_k Σ_c x[window of row, k, c]·weight
kernel void conv1d(const Windows windows, int rows, int taps, int depth, int width, int groups, global const float* from, int from0,
    global const float* packed, int packed0, global const float* bias, int bias0, global float* to, int to0) {
  int panels = (width + TILE_COLUMNS - 1) / TILE_COLUMNS;
  int firstRow = get_global_id(0) * TILE_ROWS;
  int panel = get_global_id(1);
  int g = get_global_id(2);
  int channels = groups * depth;
  int toChannels = groups * width;
  int series[TILE_ROWS]; // its first row
  int position[TILE_ROWS];
  VECTOR sums[TILE_ROWS][2];
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    int row = min(firstRow + r, rows - 1); // rows behind the end repeat the last one, and are not stored
    series[r] = row / windows.toLength * windows.fromLength;
    position[r] = row % windows.toLength;
    sums[r][0] = 0;
    sums[r][1] = 0;
  }
  for (int k = 0; k < taps; k++) {
    global const float* tapWeights = packed + packed0 + ((g * panels + panel) * taps + k) * depth * TILE_COLUMNS;
    int start[TILE_ROWS];
    bool inside[TILE_ROWS];
    bool allInside = true;
#pragma unroll
    for (int r = 0; r < TILE_ROWS; r++) {
      int s = sourceRow(&windows, position[r], k);
      inside[r] = s >= 0;
      allInside = allInside && inside[r];
      start[r] = (series[r] + max(s, 0)) * channels;
    }
    if (allInside) {
      multiplyPanel(depth, from + from0 + g * depth, start, 1, tapWeights, TILE_COLUMNS, sums);
      continue;
    }
    for (int c = 0; c < depth; c++) {
      VECTOR right0 = LOAD(0, tapWeights + c * TILE_COLUMNS);
      VECTOR right1 = LOAD(1, tapWeights + c * TILE_COLUMNS);
#pragma unroll
      for (int r = 0; r < TILE_ROWS; r++) {
        VECTOR left = inside[r] ? from[from0 + g * depth + start[r] + c] : 0;
        sums[r][0] += left * right0;
        sums[r][1] += left * right1;
      }
    }
  }
  int firstOut = panel * TILE_COLUMNS;
  if (bias) {
    float row[TILE_COLUMNS];
    for (int j = 0; j < TILE_COLUMNS; j++) row[j] = firstOut + j < width ? bias[bias0 + g * width + firstOut + j] : 0;
#pragma unroll
    for (int r = 0; r < TILE_ROWS; r++) {
      sums[r][0] += LOAD(0, row);
      sums[r][1] += LOAD(1, row);
    }
  }
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    if (firstRow + r < rows) storeRow(width - firstOut, false, sums[r], to + to0 + (firstRow + r) * toChannels + g * width + firstOut);
  }
}

// dWeight[o, c, k] = Σ dY[row, o]·x[window of row, k, c] over the rows of a chunk. partial is [chunks, Cout, Cin/groups, K].
kernel void conv1dBackwardWeight(const Windows windows, int rows, int chunk, int taps, int inChannels, int outChannels, int groups,
    global const float* x, int x0, global const float* dY, int dY0, global float* partial, int partial0) {
  int firstOut = get_global_id(0) * TILE_ROWS;
  int firstIn = (int) get_global_id(1) / taps * TILE_COLUMNS;
  int k = (int) get_global_id(1) % taps;
  int g = (int) get_global_id(2) % groups;
  int part = (int) get_global_id(2) / groups;
  int width = min(TILE_COLUMNS, inChannels - firstIn);
  int out[TILE_ROWS];
  VECTOR sums[TILE_ROWS][2];
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    out[r] = min(firstOut + r, outChannels - 1); // channels behind the end repeat the last one, and are not stored
    sums[r][0] = 0;
    sums[r][1] = 0;
  }
  float tail[TILE_COLUMNS]; // the last channels of a row, filled up with zeros
  for (int j = 0; j < TILE_COLUMNS; j++) tail[j] = 0;
  for (int row = part * chunk; row < min(rows, (part + 1) * chunk); row++) {
    int s = sourceRow(&windows, row % windows.toLength, k);
    if (s < 0) continue;
    global const float* left = dY + dY0 + row * groups * outChannels + g * outChannels;
    global const float* right = x + x0 + (row / windows.toLength * windows.fromLength + s) * groups * inChannels + g * inChannels + firstIn;
    VECTOR right0;
    VECTOR right1;
    if (width == TILE_COLUMNS) {
      right0 = LOAD(0, right);
      right1 = LOAD(1, right);
    } else {
      for (int j = 0; j < width; j++) tail[j] = right[j];
      right0 = LOAD(0, tail);
      right1 = LOAD(1, tail);
    }
#pragma unroll
    for (int r = 0; r < TILE_ROWS; r++) {
      VECTOR value = left[out[r]];
      sums[r][0] += value * right0;
      sums[r][1] += value * right1;
    }
  }
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    float row[TILE_COLUMNS];
    STORE(sums[r][0], 0, row);
    STORE(sums[r][1], 1, row);
    int weightRow = ((part * groups + g) * outChannels + firstOut + r) * inChannels + firstIn;
    for (int j = 0; j < width && firstOut + r < outChannels; j++) partial[partial0 + (weightRow + j) * taps + k] = row[j];
  }
}

#endif

// dWeight = Σ of the chunks, in their order.
kernel void sumOfChunks(int size, int chunks, global const float* partial, int partial0, global float* dWeight, int dWeight0) {
  int i = get_global_id(0);
  if (i >= size) return;
  float sum = 0;
  for (int j = 0; j < chunks; j++) sum += partial[partial0 + j * size + i];
  dWeight[dWeight0 + i] = sum;
}
