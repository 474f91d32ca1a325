package dev.anyrate.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Compares gradients with central differences of a case's double-precision reference: differences of float32 results would be too noisy.
///
/// With f(x) = Σ y(x)·dY, small inputs are moved element by element; the gradient g of a large one is compared along random directions v, where
/// g·v must be the slope of f. For components of unit variance the mean of (error·v)² over many v is ‖error‖², so both ways give the same measure.
/// The slopes are found once, for all backends.
public final class GradientCheck {
  /// ‖gradient − differences‖ / ‖differences‖ that float32 must keep.
  public static final double TOLERANCE = 1e-4;

  /// A gradient of smaller norm counts as zero. Such are those of a softmax over one column: what remains are the rounding of float32, and the noise
  /// of the differences, 1e-11·|f|.
  private static final double SMALLEST_NORM = 1e-3;

  private static final double STEP = 1e-5;
  private static final int LARGEST_BY_ELEMENT = 32; // two runs of the reference for each; 128 took the tests twice as long
  private static final int DIRECTIONS = 8; // a single wrong number shows in each of them; 16 took the tests twice as long

  private final OpCase opCase;
  private final double[][] inputs;
  private final float[] dY;
  private final List<double[]> slopes = new ArrayList<>();

  /// Finds the slopes of a case.
  public GradientCheck(OpCase opCase) {
    this.opCase = opCase;
    this.inputs = RunningCase.doubleInputs(opCase);
    this.dY = RunningCase.outputGradient(opCase.reference().forward(inputs).length);
    for (double[] x : differentiable()) slopes.add(byElement(x.length) ? slopesByElement(x) : slopesAlongDirections(x));
  }

  /// @param gradients of `Σ y·dY` for each differentiable input in order, dY from [RunningCase#outputGradient]
  /// @throws AssertionError if one of them is wrong
  public void check(List<float[]> gradients) {
    if (gradients.size() != slopes.size())
      throw new AssertionError(opCase + ": " + gradients.size() + " gradients, not " + slopes.size());
    for (int i = 0; i < slopes.size(); i++) {
      String what = opCase + ": gradient " + i;
      if (byElement(gradients.get(i).length)) {
        Compare.assertClose(what, slopes.get(i), gradients.get(i), TOLERANCE, SMALLEST_NORM);
      } else {
        checkAlongDirections(what, slopes.get(i), gradients.get(i));
      }
    }
  }

  private static void checkAlongDirections(String what, double[] slopes, float[] gradient) {
    double norm = Compare.norm(Compare.doubles(gradient));
    double[] errors = slopes.clone();
    for (int k = 0; k < DIRECTIONS; k++) {
      double[] direction = direction(k, gradient.length);
      for (int i = 0; i < gradient.length; i++) errors[k] -= gradient[i] * direction[i];
    }
    double error = Compare.norm(errors) / Math.sqrt(DIRECTIONS) / Math.max(norm, SMALLEST_NORM);
    if (error <= TOLERANCE) return; // false for NaN
    throw new AssertionError(what + ": relative error " + error + " along random directions, allowed " + TOLERANCE
        + "; ‖gradient‖ = " + norm);
  }

  private List<double[]> differentiable() {
    List<double[]> result = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      if (opCase.inputs().get(i).differentiable()) result.add(inputs[i]);
    }
    return result;
  }

  private static boolean byElement(int size) {
    return size <= LARGEST_BY_ELEMENT;
  }

  private double[] slopesByElement(double[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] direction = new double[x.length];
      direction[i] = 1;
      result[i] = slope(x, direction, STEP * Math.max(1, Math.abs(x[i])));
    }
    return result;
  }

  private double[] slopesAlongDirections(double[] x) {
    double[] result = new double[DIRECTIONS];
    for (int k = 0; k < DIRECTIONS; k++) result[k] = slope(x, direction(k, x.length), STEP);
    return result;
  }

  /// The k-th direction: each component 1 or −1.
  private static double[] direction(int k, int size) {
    var random = new SplittableRandom(k);
    double[] direction = new double[size];
    for (int i = 0; i < size; i++) direction[i] = random.nextBoolean() ? 1 : -1;
    return direction;
  }

  /// (f(x + h·direction) − f(x − h·direction)) / 2h, with x restored afterwards.
  private double slope(double[] x, double[] direction, double h) {
    double[] original = x.clone();
    double[] ahead = resultAt(x, original, direction, h);
    double[] behind = resultAt(x, original, direction, -h);
    System.arraycopy(original, 0, x, 0, x.length);
    double sum = 0;
    for (int i = 0; i < dY.length; i++) sum += (ahead[i] - behind[i]) * dY[i];
    return sum / (2 * h);
  }

  private double[] resultAt(double[] x, double[] original, double[] direction, double h) {
    for (int i = 0; i < x.length; i++) x[i] = original[i] + h * direction[i];
    return opCase.reference().forward(inputs).clone();
  }
}
