package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [NtXent].
public final class NtXentCases {
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
    return cases;
  }

  private static OpCase ntXent(int pairs, int columns, float temperature) {
    return new CaseBuilder("nt-xent " + pairs + " pairs of " + columns + ", temperature " + temperature)
        .awayFromZero(2 * pairs, columns).unitRows()
        .build(tensors -> new NtXent(tensors.getFirst(), temperature),
            x -> new double[] {loss(pairs, columns, temperature, x[0])});
  }

  /// Mean over rows of the cross-entropy of finding the positive among all other rows. The sum needs no maximum subtracted: at
  /// temperature 0.01 a term is at most e^100.
  private static double loss(int pairs, int columns, double temperature, double[] z) {
    int rows = 2 * pairs;
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
