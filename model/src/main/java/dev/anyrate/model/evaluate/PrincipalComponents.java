package dev.anyrate.model.evaluate;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.SymmetricEigenSolver;
import dev.anyrate.model.algebra.Rows;
import java.util.Optional;

/// The few directions along which embeddings differ most, for pictures.
///
/// Found by LAPACK where jblas is there, else in plain Java: the same axes. Each points to where its largest component is positive, so a picture is never mirrored.
/// Directions without variance (fewer embeddings than axes) are zero.
///
/// @param mean      `[E]`, taken from every embedding
/// @param axes      `[K][E]`, orthonormal, largest variance first
/// @param variances `[K]`, over N
public record PrincipalComponents(double[] mean, double[][] axes, double[] variances) {
  private static final double NO_VARIANCE = 1e-12; // of the total: a rounding error
  private static final double AS_LARGE = 1 - 1e-6; // components that differ by less are equal but for rounding

  /// @param x     `[N][E]`. Read.
  /// @param count of axes, K
  /// @throws IllegalArgumentException if a value is not finite or `count` is below 1
  public static PrincipalComponents of(float[][] x, int count) {
    return of(x, count, usable());
  }

  /// @param solver empty for the way in plain Java
  static PrincipalComponents of(float[][] x, int count, Optional<SymmetricEigenSolver> solver) {
    EmbeddingChecks.requireFinite("principal components", x);
    if (count < 1) throw new IllegalArgumentException("principal components: " + count + " axes; at least 1 is needed");
    double[] mean = Rows.mean(x);
    double[][] rows = Rows.minus(x, mean); // [N][E]
    double negligible = NO_VARIANCE * totalVariance(rows);
    PrincipalAxes found = solver.map(one -> GramMatrix.axes(rows, count, negligible, one))
        .orElseGet(() -> OrthogonalIteration.axes(rows, count, negligible));
    for (double[] axis : found.axes()) pointToPositive(axis);
    return new PrincipalComponents(mean, found.axes(), found.variances());
  }

  private static Optional<SymmetricEigenSolver> usable() {
    return SymmetricEigenSolver.found().stream().filter(solver -> solver.availability() instanceof Available).findFirst();
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

  /// Of components that are equally large the first one decides, whatever was rounded.
  private static void pointToPositive(double[] axis) {
    double largest = 0;
    for (double component : axis) {
      if (AS_LARGE * Math.abs(component) > Math.abs(largest)) largest = component;
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
