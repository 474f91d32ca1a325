package dev.anyrate.engine.kernel.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalDistributionTest {
  private static final double RELATIVE_ERROR = 1e-8;

  /// Expected values: `mpmath.ncdf` with 30 digits. The two beside −5√2 are where the approximation changes.
  @ParameterizedTest
  @CsvSource({"-37, 5.7255712225245768e-300", "-20, 2.7536241186062337e-89", "-14, 7.7935368191928003e-45",
      "-8.5, 9.4795348222033184e-18", "-7.0710679, 7.6872940890589318e-13", "-7.0710677, 7.6873051700358526e-13",
      "-5, 2.8665157187919391e-7", "-3, 0.0013498980316300945", "-1, 0.15865525393145705", "-0.001, 0.49960105778608894",
      "0, 0.5", "0.5, 0.6914624612740131", "2.5, 0.99379033467422386", "6, 0.99999999901341235"})
  void cumulativeIsAccurateFromTheFarTailOn(double x, double expected) {
    assertEquals(expected, NormalDistribution.cumulative(x), RELATIVE_ERROR * expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -2, -0.3, 0, 0.7, 3})
  void densityIsTheDerivativeOfCumulative(double x) {
    double step = 1e-4;
    double slope = (NormalDistribution.cumulative(x + step) - NormalDistribution.cumulative(x - step)) / (2 * step);
    assertEquals(NormalDistribution.density(x), slope, 1e-6 * slope);
  }

  @Test
  void cumulativeReachesItsLimits() {
    assertEquals(0, NormalDistribution.cumulative(Double.NEGATIVE_INFINITY));
    assertEquals(1, NormalDistribution.cumulative(Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, NormalDistribution.cumulative(Double.NaN));
  }
}
