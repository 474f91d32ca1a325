package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.memory.Storage;

/// Length and angle of rows, a group of work-items for each: `similarity.cl`.
final class OpenClSimilarity implements SimilarityKernels {
  private final CommandQueue queue;

  OpenClSimilarity(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void l2Normalize(int rows, int columns, float epsilon, Storage x, Storage y, Storage norm) {
    launch("l2Normalize", columns).with(epsilon).with(x).with(y).with(norm).overGroups(rows);
  }

  @Override
  public void l2NormalizeBackward(int rows, int columns, float epsilon, Storage y, Storage norm, Storage dY, Storage dX) {
    launch("l2NormalizeBackward", columns).with(epsilon).with(y).with(norm).with(dY).with(dX).overGroups(rows);
  }

  @Override
  public void cosineSimilarity(int rows, int columns, float epsilon, Storage a, Storage b, Storage y) {
    launch("cosineSimilarity", columns).with(epsilon).with(a).with(b).with(y).overGroups(rows);
  }

  @Override
  public void cosineSimilarityBackward(int rows, int columns, float epsilon, Storage a, Storage b, Storage y, Storage dY,
      Storage dA) {
    launch("cosineSimilarityBackward", columns).with(epsilon).with(a).with(b).with(y).with(dY).with(dA).overGroups(rows);
  }

  private Launch launch(String kernel, int columns) {
    return queue.launch(Family.SIMILARITY, kernel).with(columns);
  }
}
