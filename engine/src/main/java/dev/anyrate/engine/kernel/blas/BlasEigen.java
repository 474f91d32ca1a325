package dev.anyrate.engine.kernel.blas;

import dev.anyrate.engine.kernel.SymmetricEigenSolver.Decomposition;
import org.jblas.DoubleMatrix;
import org.jblas.Eigen;

/// The call to jblas, and the order of its results turned round: LAPACK gives the smallest eigenvalue first.
final class BlasEigen {
  private BlasEigen() {}

  static Decomposition solve(double[][] matrix) {
    DoubleMatrix[] columnsAndValues;
    synchronized (BlasMatmul.NATIVE_CODE) {
      columnsAndValues = Eigen.symmetricEigenvectors(new DoubleMatrix(matrix));
    }
    int size = matrix.length;
    double[] values = new double[size];
    double[][] vectors = new double[size][];
    for (int i = 0; i < size; i++) {
      int ascending = size - 1 - i;
      values[i] = columnsAndValues[1].get(ascending, ascending);
      vectors[i] = columnsAndValues[0].getColumn(ascending).toArray();
    }
    return new Decomposition(values, vectors);
  }
}
