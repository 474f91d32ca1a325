package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.Conv1dGeometry;

/// Winograd's minimal filtering on the six points 0, 1, −1, 2, −2, ∞: m results of a filter of K = 7 − m taps by six
/// multiplications instead of m·K (Winograd 1980; Lavin and Gray 2016, <https://arxiv.org/abs/1509.09308>).
///
/// A tile of results is `y = Aᵀ[(G·w) ⊙ (Bᵀ·u)]`: six rows u of the input become six planes (Bᵀ does not depend on K), the taps w
/// become six weights, and the product of each plane with its weights, over all tiles and channels, is one matrix product.
/// `F(4, 3)` multiplies half as often as the direct form, `F(2, 5)` six tenths. The gradient of the weights is the transpose:
/// `dw = Gᵀ Σ_tiles (A·dy) ⊙ (Bᵀ·u)`.
///
/// Larger tiles multiply less often still, but their coefficients grow and with them the rounding error. Six points keep it at twice
/// that of the direct form: 7e-7 against 3.5e-7 at 128 channels and 3 taps.
final class Winograd {
  /// Rows of u in a tile, planes, and weights for each filter.
  static final int POINTS = 6;

  /// System property that switches Winograd off (`false`), for comparisons.
  static final String PROPERTY = "anyrate.simd.winograd";

  private static final boolean ENABLED = !"false".equals(System.getProperty(PROPERTY));

  /// Below this many channels on either side, transforming costs more than the saved multiplications: it grows with C, the product
  /// with C². At 32 channels F(4, 3) runs at 0.87 of the direct form's speed, at 64 at 1.4 (length 128).
  private static final int FEWEST_CHANNELS = 64;

  /// Below this length the products of a series have too few rows to fill their tiles: 16 samples run at 0.5 of the direct form.
  private static final int SHORTEST = 64;

  /// The finite points, and the reciprocal of Π (point − other point) for each.
  private static final double[] POINT = {0, 1, -1, 2, -2};
  private static final double[] SCALE = {1.0 / 4, -1.0 / 6, -1.0 / 6, 1.0 / 24, 1.0 / 24};
  private static final float[][] POWERS = powers();

  private Winograd() {}

  /// Whether this form computes a convolution, and wins.
  static boolean suits(Conv1dGeometry g) {
    return ENABLED && g.stride() == 1 && g.groups() == 1 && (g.kernel() == 3 || g.kernel() == 5) && g.outLength() >= SHORTEST
        && g.length() >= SHORTEST && suits(g.inChannels()) && suits(g.outChannels());
  }

  private static boolean suits(int channels) {
    return channels >= FEWEST_CHANNELS && channels % LANES == 0;
  }

  /// Results in a tile, m.
  static int results(int kernel) {
    return POINTS + 1 - kernel;
  }

  /// G[point, tap]: the share of a tap in the weight of a point.
  static float coefficient(int point, int tap, int kernel) {
    if (point == POINTS - 1) return tap == kernel - 1 ? 1 : 0; // the point at infinity sees the last tap alone
    return POWERS[point][tap];
  }

  /// point^tap, scaled.
  private static float[][] powers() {
    float[][] powers = new float[POINT.length][POINTS];
    for (int point = 0; point < POINT.length; point++) {
      for (int tap = 0; tap < POINTS; tap++) powers[point][tap] = (float) (Math.pow(POINT[point], tap) * SCALE[point]);
    }
    return powers;
  }
}
