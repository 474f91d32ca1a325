package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Initializer;

/// Brings every number of the pooled embedding to mean 0 and deviation 1 over TRAIN.
///
/// Pooled features are positive and of very different size: without this, the cosine of any two embeddings is close to 1 and a few large features decide it.
/// `docs/design-notes.md` has the measurement. Part of the checkpoint; 0 and 1 until it is fitted.
///
/// @param mean      `[E]`
/// @param deviation `[E]`, that of a feature that never changes is 1
record EmbeddingScale(Tensor mean, Tensor deviation) {
  /// A spread below this share of the mean is rounding.
  private static final double ROUNDING = 1e-5;

  static EmbeddingScale create(Initializer initializer, int size) {
    return new EmbeddingScale(initializer.buffer("mean", Shape.of(size), 0), initializer.buffer("deviation", Shape.of(size), 1));
  }

  /// Takes mean and deviation from embeddings that were not scaled.
  void fit(Engine engine, float[][] embeddings) {
    float[] means = new float[mean.size()];
    float[] deviations = new float[mean.size()];
    for (int e = 0; e < means.length; e++) {
      double sum = 0;
      for (float[] row : embeddings) sum += row[e];
      double centre = sum / embeddings.length;
      double squares = 0;
      for (float[] row : embeddings) squares += (row[e] - centre) * (row[e] - centre);
      double spread = Math.sqrt(squares / embeddings.length);
      means[e] = (float) centre;
      deviations[e] = spread > ROUNDING * Math.max(1e-3, Math.abs(centre)) ? (float) spread : 1;
    }
    engine.write(mean, means);
    engine.write(deviation, deviations);
  }

  /// Scales rows in place.
  void apply(Engine engine, float[][] embeddings) {
    float[] means = engine.toHost(mean);
    float[] deviations = engine.toHost(deviation);
    for (float[] row : embeddings) {
      for (int e = 0; e < row.length; e++) row[e] = (row[e] - means[e]) / deviations[e];
    }
  }
}
