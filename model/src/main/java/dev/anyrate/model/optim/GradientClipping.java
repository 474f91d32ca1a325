package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.List;

/// Scales all gradients together so that their common norm stays at or under a limit
/// (Pascanu et al. 2013, <https://arxiv.org/abs/1211.5063>).
public final class GradientClipping implements AutoCloseable {
  private final Engine engine;
  private final List<Parameter> parameters;
  private final float limit;
  private final Tensor sumOfSquares; // [1]
  private final float[] downloaded = new float[1];

  /// @param limit above 0
  public GradientClipping(Engine engine, List<Parameter> parameters, float limit) {
    if (!(limit > 0))
      throw new IllegalArgumentException("gradient clipping: limit is " + limit + "; give a number above 0, such as 5");
    this.engine = engine;
    this.parameters = List.copyOf(parameters);
    this.limit = limit;
    this.sumOfSquares = engine.full(Shape.of(1), 0);
  }

  /// Clips in place.
  ///
  /// @return the norm before clipping
  public double clip(Gradients gradients) {
    double total = 0;
    for (Parameter parameter : parameters) {
      Tensor gradient = gradients.of(parameter.tensor());
      if (gradient == null) continue;
      engine.kernels().reduction().sumOfSquares(gradient.size(), gradient.storage(), sumOfSquares.storage());
      engine.kernels().transfer().download(sumOfSquares.storage(), downloaded, 0);
      total += downloaded[0];
    }
    double norm = Math.sqrt(total);
    if (norm > limit) scale(gradients, (float) (limit / norm));
    return norm;
  }

  private void scale(Gradients gradients, float factor) {
    for (Parameter parameter : parameters) {
      Tensor gradient = gradients.of(parameter.tensor());
      if (gradient == null) continue;
      engine.kernels().elementwise().scale(gradient.size(), factor, gradient.storage(), gradient.storage());
    }
  }

  @Override
  public void close() {
    sumOfSquares.storage().close();
  }
}
