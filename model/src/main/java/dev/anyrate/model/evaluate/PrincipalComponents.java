package dev.anyrate.model.evaluate;

import java.util.SplittableRandom;

/// The few directions along which embeddings differ most, for pictures.
///
/// Found by orthogonal iteration on the covariance, which is never formed: each round multiplies by the centred rows and their
/// transpose. The start is fixed, and each axis points to where its largest component is positive, so a picture is never
/// mirrored. Directions without variance (fewer embeddings than axes) are zero.
///
/// @param mean      `[E]`, taken from every embedding
/// @param axes      `[K][E]`, orthonormal, largest variance first
/// @param variances `[K]`, over N
/// @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">Golub and Van Loan, Matrix Computations, section
///      7.3.2</a>
public record PrincipalComponents(double[] mean, double[][] axes, double[] variances) {
  private static final int MAX_ROUNDS = 500;
  private static final double STANDSTILL = 1e-20; // squared distance of an axis from itself a round before
  private static final double NO_VARIANCE = 1e-14; // of the total: a rounding error

  /// @param x     `[N][E]`. Read.
  /// @param count of axes, K
  /// @throws IllegalArgumentException if a value is not finite or `count` is below 1
  public static PrincipalComponents of(float[][] x, int count) {
    Rows.requireFinite("principal components", x);
    if (count < 1) throw new IllegalArgumentException("principal components: " + count + " axes; at least 1 is needed");
    double[] mean = Rows.mean(x);
    double[][] rows = Rows.minus(x, mean); // [N][E]
    double[][] columns = Rows.transpose(rows); // [E][N]
    double negligible = NO_VARIANCE * totalVariance(rows);

    double[][] axes = start(count, mean.length);
    double[] variances;
    boolean moving;
    int round = 0;
    do {
      double[][] next = covarianceTimes(axes, rows, columns);
      variances = orthonormalize(next, negligible);
      moving = moved(axes, next);
      axes = next;
    } while (moving && ++round < MAX_ROUNDS);
    for (double[] axis : axes) pointToPositive(axis);
    return new PrincipalComponents(mean, axes, variances);
  }

  /// Coordinates of embeddings along the axes; also of other ones than those the axes were found from.
  ///
  /// @param x `[M][E]`. Read.
  /// @return `[M][K]`
  public double[][] project(float[][] x) {
    double[][] coordinates = new double[x.length][axes.length];
    Rows.addProduct(Rows.minus(x, mean), Rows.transpose(axes), coordinates);
    return coordinates;
  }

  private static double[][] start(int count, int size) {
    var random = new SplittableRandom(1);
    double[][] axes = new double[count][size];
    for (double[] axis : axes) {
      for (int e = 0; e < size; e++) axis[e] = random.nextDouble() - 0.5;
    }
    orthonormalize(axes, 0);
    return axes;
  }

  /// `axes · Xᵀ · X / N`.
  private static double[][] covarianceTimes(double[][] axes, double[][] rows, double[][] columns) {
    double[][] projections = new double[axes.length][rows.length]; // [K][N]
    Rows.addProduct(axes, columns, projections);
    double[][] product = new double[axes.length][columns.length];
    Rows.addProduct(projections, rows, product);
    for (double[] axis : product) {
      for (int e = 0; e < axis.length; e++) axis[e] /= rows.length;
    }
    return product;
  }

  /// Makes rows orthonormal from the first on (Gram-Schmidt, twice for accuracy); a row of no more than `negligible` length
  /// becomes 0.
  ///
  /// @return what was left of each row's length
  private static double[] orthonormalize(double[][] axes, double negligible) {
    double[] lengths = new double[axes.length];
    for (int k = 0; k < axes.length; k++) {
      double[] axis = axes[k];
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < k; before++) Rows.addScaled(-Rows.dot(axis, axes[before]), axes[before], axis);
      }
      double length = Math.sqrt(Rows.dot(axis, axis));
      boolean direction = length > negligible;
      lengths[k] = direction ? length : 0;
      for (int e = 0; e < axis.length; e++) axis[e] = direction ? axis[e] / length : 0;
    }
    return lengths;
  }

  private static boolean moved(double[][] before, double[][] after) {
    for (int k = 0; k < before.length; k++) {
      double squares = 0;
      for (int e = 0; e < after[k].length; e++) squares += (after[k][e] - before[k][e]) * (after[k][e] - before[k][e]);
      if (squares > STANDSTILL) return true;
    }
    return false;
  }

  private static void pointToPositive(double[] axis) {
    double largest = 0;
    for (double component : axis) {
      if (Math.abs(component) > Math.abs(largest)) largest = component;
    }
    if (largest < 0) {
      for (int e = 0; e < axis.length; e++) axis[e] = -axis[e];
    }
  }

  private static double totalVariance(double[][] rows) {
    double squares = 0;
    for (double[] row : rows) squares += Rows.dot(row, row);
    return squares / rows.length;
  }
}
