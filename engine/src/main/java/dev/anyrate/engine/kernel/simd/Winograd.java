package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.Conv1dGeometry;

/// Winograd's minimal filtering: four results of a filter of 3 taps by six multiplications, of 5 taps by eight, instead of 12 and 20 (Winograd 1980;
/// Lavin and Gray 2016, <https://arxiv.org/abs/1509.09308>).
///
/// A tile of results is `y = Aᵀ[(G·w) ⊙ (Bᵀ·u)]`: as many rows u of the input as there are points become as many planes, the taps w become as many
/// weights, and the product of each plane with its weights, over all tiles and channels, is one matrix product. The gradient of the
/// weights is the transpose: `dw = Gᵀ Σ_tiles (A·dy) ⊙ (Bᵀ·u)`.
///
/// The points are 0, ±1, ±2 and ∞, for 5 taps also ±½. With M the product of (x − p) over the finite points p: row p of Bᵀ holds the coefficients of
/// M/(x − p), that of ∞ those of M; `A[r, p] = p^r`, and ∞ sees the last row alone; `G[p, k] = p^k/M′(p)`, and ∞ sees the last tap alone.
///
/// Larger tiles multiply less often still, but their coefficients grow and with them the rounding error: 7e-7 on six points, against 3.5e-7
/// of the direct form.
final class Winograd {
  /// Results of a tile.
  static final int RESULTS = 4;

  /// System property that switches Winograd off (`false`), for comparisons.
  static final String PROPERTY = "anyrate.simd.winograd";

  private static final boolean ENABLED = !"false".equals(System.getProperty(PROPERTY));

  /// Below this many channels on either side, transforming costs more than the saved multiplications: it grows with C, the product
  /// with C². At 32 channels F(4, 3) runs at 0.87 of the direct form's speed, at 64 at 1.4 (length 128).
  private static final int FEWEST_CHANNELS = 64;

  /// Of the direct form's multiplications, at most. With a large dilation few rows of a tile follow one another in a block, and the others are computed for nothing. At 0.67 (3 taps,
  /// dilation 43 in blocks of 128) the direct form takes 1.10 of the time, at 0.8 (5 taps, 64) 0.83, at 1 (3 taps, 64) 0.78, at 2 (128) 0.38.
  private static final double MOST_MULTIPLICATIONS = 0.7;

  /// Below this length the products of a series have too few rows to fill their tiles: 16 samples run at 0.5 of the direct form.
  private static final int SHORTEST = 64;

  private Winograd() {}

  /// Whether this form computes a convolution, and wins.
  static boolean suits(Conv1dGeometry g) {
    return ENABLED && g.stride() == 1 && g.groups() == 1 && (g.kernel() == 3 || g.kernel() == 5) && g.outLength() >= SHORTEST
        && g.length() >= SHORTEST && suits(g.inChannels()) && suits(g.outChannels()) && multipliesLess(g);
  }

  private static boolean multipliesLess(Conv1dGeometry g) {
    if (g.dilation() >= WinogradTiling.BLOCK_ROWS) return false; // a tile for each row
    var tiling = new WinogradTiling(Correlation.forward(g));
    return tiling.tiles(0) * points(g.kernel()) <= MOST_MULTIPLICATIONS * tiling.rows(0) * g.kernel();
  }

  private static boolean suits(int channels) {
    return channels >= FEWEST_CHANNELS && channels % LANES == 0;
  }

  /// Points: rows of u that a tile sees, planes, and weights of each filter.
  static int points(int kernel) {
    return RESULTS + kernel - 1;
  }
}
