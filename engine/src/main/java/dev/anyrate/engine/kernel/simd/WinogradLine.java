package dev.anyrate.engine.kernel.simd;

/// The tiles of one block of result rows. With dilation, every d-th row forms a sequence of its own, and tiles are cut from each
/// of these.
///
/// @param form    of the convolution, with stride 1 and no spread
/// @param first   result row of the series that the block begins with
/// @param rows    result rows of the block
/// @param results of a tile
record WinogradLine(Correlation form, int first, int rows, int results) {
  static WinogradLine of(Correlation form, int block) {
    int first = block * Correlation.BLOCK_ROWS;
    return new WinogradLine(form, first, form.blockRows(first), Winograd.results(form.kernel()));
  }

  /// What is done with one tile.
  interface Visitor {
    /// @param tile  number of the tile, from 0
    /// @param row   first of its rows in the block; the next ones follow at a distance of the dilation
    /// @param valid rows of its results that exist, 1 to [#results()]
    void visit(int tile, int row, int valid);
  }

  /// Visits every tile, phase by phase.
  void forEach(Visitor visitor) {
    int tile = 0;
    int step = form.dilation() * results;
    for (int phase = 0; phase < Math.min(form.dilation(), rows); phase++) {
      for (int row = phase; row < rows; row += step) {
        visitor.visit(tile++, row, Math.min(results, Math.ceilDiv(rows - row, form.dilation())));
      }
    }
  }

  /// Count of tiles.
  int tiles() {
    int tiles = 0;
    int step = form.dilation() * results;
    for (int phase = 0; phase < Math.min(form.dilation(), rows); phase++) tiles += Math.ceilDiv(rows - phase, step);
    return tiles;
  }

  /// Rows of u that the tiles see; the last ones may lie behind the series, where u is 0.
  int sourceRows() {
    return rows + form.dilation() * (form.kernel() - 1 + results);
  }

  /// Copies those rows, and transforms every tile of them.
  ///
  /// @param source holds the series from `source0` on
  /// @param u      work memory; `[sourceRows(), Cin]`
  /// @param planes Overwritten; `[6, tiles(), Cin]`
  void transformInput(float[] source, int source0, float[] u, float[] planes) {
    int channels = form.inChannels();
    int plane = tiles() * channels;
    form.copyRows(first - form.shift(), sourceRows(), source, source0, u);
    forEach((tile, row, _) -> WinogradTiles.input(channels, u, row * channels, form.dilation() * channels, planes,
        tile * channels, plane));
  }
}
