package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.CosineSimilarity;
import dev.anyrate.engine.ops.L2Normalize;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [L2Normalize] and [CosineSimilarity].
public final class SimilarityCases {
  private static final float EPSILON = 1e-8f;

  /// Large enough for a difference quotient at a row that is shorter, whose norm counts as this much.
  private static final float LARGE_EPSILON = 0.1f;

  private SimilarityCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanesFromTwo().forEach(columns -> add(cases, 3, columns));
    add(cases, 1, 25);
    add(cases, 13);
    add(cases, 2, 3, 7);
    add(cases, 70, 90);
    cases.add(unitNumbers());
    cases.add(zeroRow());
    cases.add(cosineOfZeroRow());
    cases.add(shortRow());
    cases.add(cosineOfShortRows());
    cases.add(hugeRows());
    cases.add(tinyRows());
    cases.add(cosineOfHugeRows());
    cases.add(cosineOfTinyRows());
    return cases;
  }

  private static void add(List<OpCase> cases, int... dims) {
    int columns = dims[dims.length - 1];
    cases.add(new CaseBuilder("l2 normalize " + Shape.of(dims)).awayFromZero(dims)
        .build(tensors -> new L2Normalize(tensors.getFirst(), EPSILON), x -> normalize(columns, EPSILON, x[0])));
    cases.add(new CaseBuilder("cosine similarity " + Shape.of(dims)).awayFromZero(dims).awayFromZero(dims).build(
        tensors -> new CosineSimilarity(tensors.get(0), tensors.get(1), EPSILON), x -> cosine(columns, EPSILON, x[0], x[1])));
  }

  /// Rows of one number become 1 or −1, and the gradient is 0: exactly, in any precision, for powers of 2.
  private static OpCase unitNumbers() {
    return new CaseBuilder("l2 normalize [5, 1]").given(new float[] {-2, -1, 0.5f, 1, 4}, 5, 1)
        .build(tensors -> new L2Normalize(tensors.getFirst(), EPSILON), x -> normalize(1, EPSILON, x[0]));
  }

  private static OpCase zeroRow() {
    return new CaseBuilder("l2 normalize a zero row").awayFromZero(3, 7).zeroRow(1)
        .build(tensors -> new L2Normalize(tensors.getFirst(), LARGE_EPSILON), x -> normalize(7, LARGE_EPSILON, x[0]));
  }

  private static OpCase cosineOfZeroRow() {
    return new CaseBuilder("cosine similarity of a zero row").awayFromZero(3, 7).zeroRow(1).awayFromZero(3, 7).build(
        tensors -> new CosineSimilarity(tensors.get(0), tensors.get(1), LARGE_EPSILON),
        x -> cosine(7, LARGE_EPSILON, x[0], x[1]));
  }

  /// Between two rows of which one is just long enough for its own norm.
  private static OpCase shortRow() {
    return new CaseBuilder("l2 normalize a short row").awayFromZero(3, 7).rowOfNorm(LARGE_EPSILON / 2, 1)
        .rowOfNorm(2 * LARGE_EPSILON, 2)
        .build(tensors -> new L2Normalize(tensors.getFirst(), LARGE_EPSILON), x -> normalize(7, LARGE_EPSILON, x[0]));
  }

  /// The first, the second, and both.
  private static OpCase cosineOfShortRows() {
    float half = LARGE_EPSILON / 2;
    return new CaseBuilder("cosine similarity of short rows").awayFromZero(3, 7).rowOfNorm(half, 0).rowOfNorm(half, 2)
        .awayFromZero(3, 7).rowOfNorm(half, 1).rowOfNorm(half, 2).build(
            tensors -> new CosineSimilarity(tensors.get(0), tensors.get(1), LARGE_EPSILON),
            x -> cosine(7, LARGE_EPSILON, x[0], x[1]));
  }

  /// Rows whose squares no float holds.
  private static OpCase hugeRows() {
    return new CaseBuilder("l2 normalize huge rows").between(1e29f, 1e30f, 3, 19)
        .build(tensors -> new L2Normalize(tensors.getFirst(), EPSILON), x -> normalize(19, EPSILON, x[0]));
  }

  /// Rows whose squares are too small for a float, but not the rows for epsilon.
  private static OpCase tinyRows() {
    return new CaseBuilder("l2 normalize tiny rows").between(1e-26f, 1e-25f, 3, 19).frozen()
        .build(tensors -> new L2Normalize(tensors.getFirst(), 1e-30f), x -> normalize(19, 1e-30f, x[0]));
  }

  private static OpCase cosineOfHugeRows() {
    return new CaseBuilder("cosine similarity of huge rows").between(-1e30f, 1e30f, 3, 19).between(1e29f, 1e30f, 3, 19).build(
        tensors -> new CosineSimilarity(tensors.get(0), tensors.get(1), EPSILON), x -> cosine(19, EPSILON, x[0], x[1]));
  }

  /// Norms count as epsilon, whose square no float holds. Without a gradient: epsilon is far below the step of a difference quotient.
  private static OpCase cosineOfTinyRows() {
    float epsilon = 1e-25f;
    return new CaseBuilder("cosine similarity of tiny rows").between(-1e-33f, 1e-33f, 3, 19).frozen()
        .between(-1e-33f, 1e-33f, 3, 19).zeroRow(1).frozen()
        .build(tensors -> new CosineSimilarity(tensors.get(0), tensors.get(1), epsilon), x -> cosine(19, epsilon, x[0], x[1]));
  }

  private static double[] normalize(int columns, double epsilon, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) y[i] = x[i] / norm(columns, epsilon, x, i / columns);
    return y;
  }

  private static double[] cosine(int columns, double epsilon, double[] a, double[] b) {
    double[] y = new double[a.length / columns];
    for (int row = 0; row < y.length; row++) {
      double dot = 0;
      for (int c = 0; c < columns; c++) dot += a[row * columns + c] * b[row * columns + c];
      y[row] = dot / (norm(columns, epsilon, a, row) * norm(columns, epsilon, b, row));
    }
    return y;
  }

  private static double norm(int columns, double epsilon, double[] x, int row) {
    double sum = 0;
    for (int c = 0; c < columns; c++) sum += x[row * columns + c] * x[row * columns + c];
    return Math.max(Math.sqrt(sum), epsilon);
  }
}
