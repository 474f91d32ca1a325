package dev.anyrate.engine.kernel.simd;

/// How the result rows of a convolution are cut into tiles of [Winograd]: block by block, and with a dilation d phase by phase, as
/// every d-th row forms a sequence of its own.
///
/// @param form of the convolution, with stride 1 and no spread
record WinogradTiling(Correlation form) {
  /// Result rows of a block: with 128 channels, its planes and products take half of a second-level cache.
  static final int BLOCK_ROWS = 128;

  /// Points of a tile, see [Winograd#points].
  int points() {
    return Winograd.points(form.kernel());
  }

  /// Blocks of a series, the last one shorter.
  int blocks() {
    return Math.ceilDiv(form.resultRows(), BLOCK_ROWS);
  }

  /// Result row that a block begins with.
  int firstRow(int block) {
    return block * BLOCK_ROWS;
  }

  /// Result rows of a block.
  int rows(int block) {
    return Math.min(BLOCK_ROWS, form.resultRows() - firstRow(block));
  }

  /// Phases of a block that have rows.
  int phases(int block) {
    return Math.min(form.dilation(), rows(block));
  }

  /// From one tile to the next in the same phase.
  int step() {
    return form.dilation() * Winograd.RESULTS;
  }

  /// Tiles of a block.
  int tiles(int block) {
    int tiles = 0;
    for (int phase = 0; phase < phases(block); phase++) tiles += Math.ceilDiv(rows(block) - phase, step());
    return tiles;
  }

  /// Rows of a block that its tiles make; the last ones may lie behind its end.
  int tiledRows(int block) {
    return rows(block) + step();
  }

  /// Rows of u that the tiles of a block see.
  int seenRows(int block) {
    return tiledRows(block) + form.dilation() * (form.kernel() - 1);
  }

  /// Transforms what the tiles of a block see.
  ///
  /// It is copied first, zeros at the ends included: a copy runs through memory in order, which the machine foresees. Tiles that read
  /// the series where it lies took 9.7 µs for one of 128 × 128 out of the third-level cache, the copy and the tiles 6.6.
  ///
  /// @param source   Read; holds the series, from `source0` on.
  /// @param u        work memory; `[seenRows(block), Cin]`
  /// @param planes   Overwritten; plane p of tile t is at `planes0 + p·plane + t·planeRow`.
  void transformInput(int block, float[] source, int source0, float[] u, float[] planes, int planes0, int planeRow, int plane) {
    int channels = form.inChannels();
    form.copyRows(firstRow(block) - form.shift(), seenRows(block), source, source0, u);
    int to = planes0;
    for (int phase = 0; phase < phases(block); phase++) {
      for (int row = phase; row < rows(block); row += step(), to += planeRow) {
        int from = row * channels;
        int next = form.dilation() * channels;
        if (points() == 6) WinogradTiles.input6(channels, u, from, next, planes, to, plane);
        else
          WinogradTiles.input8(channels, u, from, next, planes, to, plane);
      }
    }
  }
}
