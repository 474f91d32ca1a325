package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.OpCase.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Builds a case: first its inputs, one call each and in order, then operation and reference. Numbers are seeded by the case's
/// name.
final class CaseBuilder {
  /// What float32 keeps in a sum of some hundred terms.
  private static final double TOLERANCE = 1e-5;

  /// Fills what no kernel may read: a single one of these in a sum would be seen.
  private static final float BEHIND_VALID = 1000;

  private final String name;
  private final SplittableRandom random;
  private final List<Input> inputs = new ArrayList<>();
  private double tolerance = TOLERANCE;

  CaseBuilder(String name) {
    this.name = name;
    this.random = new SplittableRandom(name.hashCode());
  }

  /// An input of numbers between −2 and 2.
  CaseBuilder values(int... dims) {
    return between(-2, 2, dims);
  }

  /// An input of numbers in a range.
  CaseBuilder between(float from, float to, int... dims) {
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) values[i] = random.nextFloat(from, to);
    return given(values, dims);
  }

  /// An input of numbers of either sign whose magnitude is between 0.1 and 2.
  CaseBuilder awayFromZero(int... dims) {
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) values[i] = random.nextFloat(0.1f, 2) * (random.nextBoolean() ? 1 : -1);
    return given(values, dims);
  }

  /// An input of numbers between −2 and 2 at equal distances in random order: no two alike, none 0.
  CaseBuilder distinct(int... dims) {
    float[] values = new float[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      int j = random.nextInt(i + 1); // Fisher-Yates shuffle of a growing array
      values[i] = values[j];
      values[j] = -2 + 4 * (i + 0.25f) / values.length;
    }
    return given(values, dims);
  }

  /// An input of counts that gets no gradient: lengths or labels.
  CaseBuilder counts(int... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) floats[i] = values[i];
    return given(floats, values.length).frozen();
  }

  /// An input of given numbers.
  CaseBuilder given(float[] values, int... dims) {
    inputs.add(new Input(Shape.of(dims), values, true));
    return this;
  }

  /// Spoils the samples of the last input, `[B, L, C]`, that lie behind the valid ones.
  CaseBuilder padded(int... lengths) {
    Shape shape = inputs.getLast().shape();
    float[] values = inputs.getLast().values();
    for (int b = 0; b < lengths.length; b++) {
      for (int t = lengths[b]; t < shape.dim(1); t++) {
        for (int c = 0; c < shape.dim(2); c++) values[(b * shape.dim(1) + t) * shape.dim(2) + c] = BEHIND_VALID;
      }
    }
    return this;
  }

  /// Sets a row of the last input to zero.
  CaseBuilder zeroRow(int row) {
    int columns = inputs.getLast().shape().dim(-1);
    Arrays.fill(inputs.getLast().values(), row * columns, (row + 1) * columns, 0);
    return this;
  }

  /// Brings a row of the last input to a length.
  CaseBuilder rowOfNorm(float norm, int row) {
    int columns = inputs.getLast().shape().dim(-1);
    float[] values = inputs.getLast().values();
    double squares = 0;
    for (int i = row * columns; i < (row + 1) * columns; i++) squares += (double) values[i] * values[i];
    for (int i = row * columns; i < (row + 1) * columns; i++) values[i] *= (float) (norm / Math.sqrt(squares));
    return this;
  }

  /// Takes the last input out of the gradient check.
  CaseBuilder frozen() {
    Input last = inputs.removeLast();
    inputs.add(new Input(last.shape(), last.values(), false));
    return this;
  }

  /// Another tolerance; the reason stands beside the call.
  CaseBuilder tolerance(double other) {
    tolerance = other;
    return this;
  }

  OpCase build(Function<List<Tensor>, Op> op, OpCase.Reference reference) {
    return new OpCase(name, List.copyOf(inputs), op, reference, tolerance);
  }
}
