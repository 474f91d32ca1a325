package dev.anyrate.engine.kernel.blas;

import dev.anyrate.engine.kernel.KernelProvider.Availability;
import dev.anyrate.engine.kernel.SymmetricEigenSolver;

/// Eigenvalues by LAPACK's `dsyev`, as jblas brings it. Mentions no class of jblas, so that it loads without that jar.
///
/// @see <a href="https://netlib.org/lapack/explore-html/d3/d88/group__real_s_yeigen.html">LAPACK, symmetric eigenvalue drivers</a>
public final class LapackEigenSolver implements SymmetricEigenSolver {
  /// For `ServiceLoader`.
  public LapackEigenSolver() {}

  @Override
  public String name() {
    return "LAPACK of jblas";
  }

  @Override
  public Availability availability() {
    return new BlasProvider().availability(); // both come in one native library
  }

  @Override
  public Decomposition solve(double[][] matrix) {
    return BlasEigen.solve(matrix);
  }
}
