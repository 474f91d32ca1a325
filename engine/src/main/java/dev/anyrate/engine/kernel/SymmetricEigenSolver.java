package dev.anyrate.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// Eigenvalues and eigenvectors of symmetric matrices, by a library that may be missing. Found by `ServiceLoader`; its class must load where that library is missing.
///
/// Apart from [Kernels]: it works on matrices in double precision on the heap, for the analysis of embeddings, not on tensors.
public interface SymmetricEigenSolver {
  /// Eigenvalues and eigenvectors.
  ///
  /// @param values  `[N]`, the largest first
  /// @param vectors `[N][N]`, one a row in the order of the values, orthonormal; each up to its sign, and up to a rotation among those of equal values
  record Decomposition(double[] values, double[][] vectors) {}

  /// Name, such as `LAPACK of jblas`.
  String name();

  /// Whether it can be used here. May load a native library.
  KernelProvider.Availability availability();

  /// @param matrix `[N][N]`, symmetric and finite. Read.
  Decomposition solve(double[][] matrix);

  /// Every solver on the class path.
  static List<SymmetricEigenSolver> found() {
    var solvers = new ArrayList<SymmetricEigenSolver>();
    ServiceLoader.load(SymmetricEigenSolver.class, SymmetricEigenSolver.class.getClassLoader()).forEach(solvers::add);
    return solvers;
  }
}
