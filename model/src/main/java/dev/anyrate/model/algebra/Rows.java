package dev.anyrate.model.algebra;

import java.util.Arrays;

/// Rows of numbers, and the one product that all time is spent in.
public final class Rows {
  private static final int ROWS_OF_HALF = 64; // computed together, so at most so many columns too far
  private static final int BLOCK = 512; // columns; four rows of them and one of the result stay in the first-level cache

  private Rows() {}

  /// Mean of each column.
  public static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int e = 0; e < mean.length; e++) mean[e] += row[e];
    }
    for (int e = 0; e < mean.length; e++) mean[e] /= rows.length;
    return mean;
  }

  /// The rows less a vector, `[N][E]`.
  public static double[][] minus(float[][] rows, double[] vector) {
    double[][] difference = new double[rows.length][vector.length];
    for (int i = 0; i < rows.length; i++) {
      for (int e = 0; e < vector.length; e++) difference[i][e] = rows[i][e] - vector[e];
    }
    return difference;
  }

  /// The rows in double, each scaled to length 1; a row of zeros stays.
  public static double[][] directions(float[][] rows) {
    double[][] directions = minus(rows, new double[rows[0].length]);
    normalize(directions);
    return directions;
  }

  /// Divides each row by its Euclidean length; a row of zeros stays.
  public static void normalize(double[][] rows) {
    for (double[] row : rows) {
      double length = Math.sqrt(dot(row, row));
      if (length == 0) continue;
      for (int e = 0; e < row.length; e++) row[e] /= length;
    }
  }

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int e = 0; e < a.length; e++) sum += a[e] * b[e];
    return sum;
  }

  /// `y += w·x`.
  public static void addScaled(double w, double[] x, double[] y) {
    add(w, x, y, 0, y.length);
  }

  public static double[][] transpose(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int e = 0; e < columns.length; e++) columns[e][i] = rows[i][e];
    }
    return columns;
  }

  /// `C += A·B`. The inner loop runs along the rows of `B` and `C`, where the JIT vectorises it: sums along a row it may not
  /// reorder.
  ///
  /// @param a `[M][K]`. Read.
  /// @param b `[K][N]`. Read.
  /// @param c `[M][N]`. Accumulated.
  public static void addProduct(double[][] a, double[][] b, double[][] c) {
    addProduct(a, b, c, c[0].length);
  }

  private static void addProduct(double[][] a, double[][] b, double[][] c, int columns) {
    int quads = b.length - b.length % 4;
    for (int from = 0; from < columns; from += BLOCK) {
      int to = Math.min(columns, from + BLOCK);
      for (int k = 0; k < quads; k += 4) {
        for (int i = 0; i < c.length; i++) {
          addFour(a[i][k], b[k], a[i][k + 1], b[k + 1], a[i][k + 2], b[k + 2], a[i][k + 3], b[k + 3], c[i], from, to);
        }
      }
      for (int k = quads; k < b.length; k++) {
        for (int i = 0; i < c.length; i++) add(a[i][k], b[k], c[i], from, to);
      }
    }
  }

  /// `C += A·Aᵀ`, the lower half only: row i is right up to column i, what lies behind it is left unfinished.
  ///
  /// @param a `[N][K]`. Read.
  /// @param c `[N][N]`. Accumulated.
  public static void addProductOfSymmetric(double[][] a, double[][] c) {
    double[][] columns = transpose(a);
    for (int from = 0; from < a.length; from += ROWS_OF_HALF) {
      int to = Math.min(a.length, from + ROWS_OF_HALF);
      addProduct(Arrays.copyOfRange(a, from, to), columns, Arrays.copyOfRange(c, from, to), to);
    }
  }

  private static void addFour(double w0, double[] x0, double w1, double[] x1, double w2, double[] x2, double w3, double[] x3,
      double[] y, int from, int to) {
    for (int j = from; j < to; j++) y[j] += w0 * x0[j] + w1 * x1[j] + w2 * x2[j] + w3 * x3[j];
  }

  private static void add(double w, double[] x, double[] y, int from, int to) {
    for (int j = from; j < to; j++) y[j] += w * x[j];
  }
}
