// Matrix products: C[i, j] = Σ_l A[i, l]·B[l, j] for each matrix of a batch. The columns of C are neighbours.

// Where the matrices of a batch stand in a storage; the host fills it (Operand.java). A transposed matrix has the strides of its two axes exchanged.
typedef struct {
  int start;
  int row;
  int column;
  int inner; // matrices that are innerStride apart
  int outerStride;
  int innerStride;
} Place;

// The first element of a matrix.
static inline int first(const Place* place, int matrix) {
  return place->start + matrix / place->inner * place->outerStride + matrix % place->inner * place->innerStride;
}

// B in panels, [batch, panels, K, TILE_COLUMNS].
kernel void packPanels(int n, int k, const Place bPlace, global const float* b, int b0, global float* packed, int packed0) {
  int panels = (n + TILE_COLUMNS - 1) / TILE_COLUMNS;
  int j = get_global_id(0);
  int l = get_global_id(1);
  int matrix = get_global_id(2);
  int start = b0 + first(&bPlace, matrix) + l * bPlace.row; // the same for the whole group
  if (j >= panels * TILE_COLUMNS) return;
  float value = j < n ? b[start + j * bPlace.column] : 0;
  packed[packed0 + ((matrix * panels + j / TILE_COLUMNS) * k + l) * TILE_COLUMNS + j % TILE_COLUMNS] = value;
}

#ifdef LOCAL_TILES

// Columns l0 … of A to local memory, zeros behind its ends. Neighbouring work-items read along the memory of A, whether it is transposed or not.
static inline void loadTile(int firstRow, int l0, int m, int k, int rowStride, int columnStride, global const float* a, local float* tile) {
  for (int i = get_local_id(0); i < TILE_DEPTH * TILE_ROWS; i += TILE_ITEMS) {
    int row = columnStride == 1 ? i / TILE_DEPTH : i % TILE_ROWS;
    int l = columnStride == 1 ? i % TILE_DEPTH : i / TILE_ROWS;
    bool inside = firstRow + row < m && l0 + l < k;
    tile[l * A_STRIDE + row] = inside ? a[(firstRow + row) * rowStride + (l0 + l) * columnStride] : 0;
  }
}

kernel void matmul(int m, int n, int k, int add, const Place aPlace, global const float* a, int a0, const Place bPlace, int panelStep,
    global const float* b, int b0, const Place cPlace, global float* c, int c0) {
  local float aTile[TILE_DEPTH * A_STRIDE];
  local float bTile[TILE_DEPTH * TILE_COLUMNS];
  int firstRow = get_group_id(0) * TILE_ROWS;
  int panel = get_global_id(1);
  int matrix = get_global_id(2);
  float sums[ITEM_ROWS][ITEM_COLUMNS] = {{0}};
  for (int l0 = 0; l0 < k; l0 += TILE_DEPTH) {
    loadTile(firstRow, l0, m, k, aPlace.row, aPlace.column, a + a0 + first(&aPlace, matrix), aTile);
    loadPanel(l0, k, b + b0 + first(&bPlace, matrix) + panel * panelStep, bPlace.row, bTile);
    barrier(CLK_LOCAL_MEM_FENCE);
    multiplyTiles(aTile, bTile, sums);
    barrier(CLK_LOCAL_MEM_FENCE);
  }
#pragma unroll
  for (int r = 0; r < ITEM_ROWS; r++) {
#pragma unroll
    for (int q = 0; q < ITEM_COLUMNS; q++) {
      int i = firstRow + tileRow(r);
      int j = panel * TILE_COLUMNS + tileColumn(q);
      if (i >= m || j >= n) continue;
      int at = c0 + first(&cPlace, matrix) + i * cPlace.row + j;
      c[at] = add ? c[at] + sums[r][q] : sums[r][q];
    }
  }
}

#else

kernel void matmul(int m, int n, int k, int add, const Place aPlace, global const float* a, int a0, const Place bPlace, int panelStep,
    global const float* b, int b0, const Place cPlace, global float* c, int c0) {
  int firstRow = get_global_id(0) * TILE_ROWS;
  int panel = get_global_id(1);
  int matrix = get_global_id(2);
  int start[TILE_ROWS];
  VECTOR sums[TILE_ROWS][2];
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    start[r] = min(firstRow + r, m - 1) * aPlace.row; // rows behind the end repeat the last one, and are not stored
    sums[r][0] = 0;
    sums[r][1] = 0;
  }
  multiplyPanel(k, a + a0 + first(&aPlace, matrix), start, aPlace.column, b + b0 + first(&bPlace, matrix) + panel * panelStep,
      bPlace.row, sums);
#pragma unroll
  for (int r = 0; r < TILE_ROWS; r++) {
    int j = panel * TILE_COLUMNS;
    if (firstRow + r < m) storeRow(n - j, add, sums[r], c + c0 + first(&cPlace, matrix) + (firstRow + r) * cPlace.row + j);
  }
}

#endif
