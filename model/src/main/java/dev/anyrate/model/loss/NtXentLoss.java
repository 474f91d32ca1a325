package dev.anyrate.model.loss;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;

/// NT-Xent: each projection shall find its other view among all others of the batch
/// (Chen et al. 2020, <https://arxiv.org/abs/2002.05709>).
///
/// The mean over all 2B rows i of −ln( e^(s_i,p(i)) / Σ_{j ≠ i} e^(s_ij) ), s the cosine over the temperature, p(i) the other view of i.
///
/// @param temperature above 0; the lower, the more the nearest negatives count
public record NtXentLoss(float temperature) {
  private static final float NORM_EPSILON = 1e-8f;

  public NtXentLoss {
    if (!(temperature > 0) || Float.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature: " + temperature + "; give a number above 0, such as 0.5");
    }
  }

  /// @param projections `[2B, D]`: all first views, then all second views in the same order; B at least 2
  /// @return the loss, one element
  public Tensor of(Execution execution, Tensor projections) {
    ShapeMismatch.check(projections.dim(0) >= 4 && projections.dim(0) % 2 == 0, "nt-xent",
        "the rows are two views of at least 2 series; with one series there is nothing to tell it from", "projections",
        projections);
    return execution.run(new NtXent(projections, temperature, NORM_EPSILON));
  }

  /// The loss of an encoder that tells nothing apart: ln(2B − 1).
  public static double chance(int pairs) {
    return Math.log(2.0 * pairs - 1);
  }
}
