// Tiles of a matrix product C = A·B, TILE_ROWS × TILE_COLUMNS. B lies in panels of TILE_COLUMNS columns, [depth, TILE_COLUMNS] each, filled up with zeros.
//
// Two ways, chosen by the host for the device (Tuning.java):
//
// - LOCAL_TILES: SIDE × SIDE work-items share a tile. They bring TILE_DEPTH columns of A and rows of B to local memory, and each adds 8 × 4 numbers of C
//   from there. For devices with local memory of their own.
// - otherwise one work-item computes a tile in vectors of LANES numbers, 8 × 2 of them in registers. For processors.

// Written as an expression, a·b + c becomes one instruction wherever the device has it (FP_CONTRACT is on); the functions fma and mad may be slow ones.

#ifdef LOCAL_TILES

#define ITEM_ROWS 8
#define ITEM_COLUMNS 4
#define TILE_ITEMS (SIDE * SIDE)
#define A_STRIDE (TILE_ROWS + 1) // so that neighbours in depth are in different banks

// Row and column within the tile of a work-item's number (r, c): neighbours have neighbouring columns.
static inline int tileRow(int r) {
  return r * SIDE + (int) get_local_id(0) / SIDE;
}

static inline int tileColumn(int c) {
  return c * SIDE + (int) get_local_id(0) % SIDE;
}

// sums += A·B of the tiles in local memory.
static inline void multiplyTiles(local const float* a, local const float* b, float sums[ITEM_ROWS][ITEM_COLUMNS]) {
  for (int l = 0; l < TILE_DEPTH; l++) {
    float right[ITEM_COLUMNS];
#pragma unroll
    for (int c = 0; c < ITEM_COLUMNS; c++) right[c] = b[l * TILE_COLUMNS + tileColumn(c)];
#pragma unroll
    for (int r = 0; r < ITEM_ROWS; r++) {
      float left = a[l * A_STRIDE + tileRow(r)];
#pragma unroll
      for (int c = 0; c < ITEM_COLUMNS; c++) sums[r][c] += left * right[c];
    }
  }
}

// Rows l0 … of a panel of `depth` rows to local memory, zeros behind its end.
static inline void loadPanel(int l0, int depth, global const float* panel, int panelStride, local float* b) {
  for (int i = get_local_id(0); i < TILE_DEPTH * TILE_COLUMNS; i += TILE_ITEMS) {
    int l = l0 + i / TILE_COLUMNS;
    b[i] = l < depth ? panel[l * panelStride + i % TILE_COLUMNS] : 0;
  }
}

#else

// sums[r] += Σ_l a[start[r] + l·stride]·panel[l·panelStride]
static inline void multiplyPanel(int depth, global const float* a, const int start[TILE_ROWS], int stride, global const float* panel, int panelStride,
    VECTOR sums[TILE_ROWS][2]) {
  global const float* row[TILE_ROWS];
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) row[r] = a + start[r];
  for (size_t l = 0; l < (size_t) depth; l++) {
    VECTOR right0 = LOAD(0, panel);
    VECTOR right1 = LOAD(1, panel);
    panel += panelStride;
#pragma unroll
    for (int r = 0; r < TILE_ROWS; r++) {
      VECTOR left = row[r][l * stride];
      sums[r][0] += left * right0;
      sums[r][1] += left * right1;
    }
  }
}

// c[j] = sums for j < width, or what c held and the sums
static inline void storeRow(int width, int add, const VECTOR sums[2], global float* c) {
  if (width >= TILE_COLUMNS) {
    STORE(add ? LOAD(0, c) + sums[0] : sums[0], 0, c);
    STORE(add ? LOAD(1, c) + sums[1] : sums[1], 1, c);
    return;
  }
  float row[TILE_COLUMNS];
  STORE(sums[0], 0, row);
  STORE(sums[1], 1, row);
  for (int j = 0; j < width; j++) c[j] = add ? c[j] + row[j] : row[j];
}

#endif
