package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [NtXent].
public final class NtXentCases {
  private static final float EPSILON = 1e-8f;

  /// Large enough for a difference quotient at a row that is shorter, whose norm counts as this much.
  private static final float LARGE_EPSILON = 0.1f;

  private NtXentCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (float temperature : new float[] {0.01f, 0.07f, 0.5f, 1, 10}) {
      cases.add(ntXent(9, 13, temperature));
      cases.add(ntXent(2, 5, temperature));
    }
    Sizes.aroundLanes().forEach(columns -> cases.add(ntXent(5, columns, 0.5f)));
    Sizes.aroundLanesFromTwo().forEach(pairs -> cases.add(ntXent(pairs, 6, 0.5f)));
    cases.add(ntXent(70, 33, 0.1f)); // more than a tile of the similarity matrix
    cases.add(ofZeroRow());
    cases.add(ofShortRow());
    return cases;
  }

  private static OpCase ntXent(int pairs, int columns, float temperature) {
    return new CaseBuilder("nt-xent " + pairs + " pairs of " + columns + ", temperature " + temperature)
        .awayFromZero(2 * pairs, columns)
        .build(tensors -> new NtXent(tensors.getFirst(), temperature, EPSILON),
            x -> new double[] {loss(pairs, columns, temperature, EPSILON, x[0])});
  }

  private static OpCase ofZeroRow() {
    return new CaseBuilder("nt-xent of a zero row").awayFromZero(6, 7).zeroRow(1)
        .build(tensors -> new NtXent(tensors.getFirst(), 0.5f, LARGE_EPSILON),
            x -> new double[] {loss(3, 7, 0.5, LARGE_EPSILON, x[0])});
  }

  private static OpCase ofShortRow() {
    return new CaseBuilder("nt-xent of a short row").awayFromZero(6, 7).rowOfNorm(LARGE_EPSILON / 2, 1)
        .build(tensors -> new NtXent(tensors.getFirst(), 0.5f, LARGE_EPSILON),
            x -> new double[] {loss(3, 7, 0.5, LARGE_EPSILON, x[0])});
  }

  /// Mean over rows of the cross-entropy of finding the positive among all other rows. The sum needs no maximum subtracted: at
  /// temperature 0.01 a term is at most e^100.
  private static double loss(int pairs, int columns, double temperature, double epsilon, double[] x) {
    int rows = 2 * pairs;
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) z[i] = x[i] / Math.max(Math.sqrt(dot(columns, x, i / columns, i / columns)), epsilon);
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < rows; j++) {
        if (j != i) sum += Math.exp(dot(columns, z, i, j) / temperature);
      }
      int positive = i < pairs ? i + pairs : i - pairs;
      loss += (Math.log(sum) - dot(columns, z, i, positive) / temperature) / rows;
    }
    return loss;
  }

  private static double dot(int columns, double[] z, int i, int j) {
    double sum = 0;
    for (int c = 0; c < columns; c++) sum += z[i * columns + c] * z[j * columns + c];
    return sum;
  }
}
