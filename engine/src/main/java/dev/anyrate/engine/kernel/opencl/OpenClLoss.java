package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.memory.Storage;

/// Losses: `loss.cl`. Their terms are computed side by side, and added by one group in a fixed order.
///
/// NT-Xent brings the rows to unit length first, so that no product of two of them overflows or loses digits, however long or short they are. It takes its similarities from matrix
/// products, a block of rows after the other: each product has [#BLOCK_ROWS] × 2B numbers, so memory grows with B alone.
final class OpenClLoss implements LossKernels {
  private static final int BLOCK_ROWS = 512;

  /// Squares that one group adds.
  private static final int TERMS_OF_GROUP = 4096;

  private final CommandQueue queue;
  private final DeviceMemory memory;
  private final OpenClMatmul matmul;
  private final OpenClSimilarity similarity;

  OpenClLoss(CommandQueue queue, DeviceMemory memory, OpenClMatmul matmul, OpenClSimilarity similarity) {
    this.queue = queue;
    this.memory = memory;
    this.matmul = matmul;
    this.similarity = similarity;
  }

  @Override
  public void meanSquaredError(int size, Storage a, Storage b, Storage loss) {
    int chunks = Math.ceilDiv(size, TERMS_OF_GROUP);
    try (Storage partial = memory.temporary(chunks)) {
      queue.launch(Family.LOSS, "squaredErrors").with(size).with(TERMS_OF_GROUP).with(a).with(b).with(partial).overGroups(chunks);
      mean(chunks, size, partial, loss);
    }
  }

  /// loss = Σ terms / size
  private void mean(int terms, int size, Storage term, Storage loss) {
    queue.launch(Family.LOSS, "meanOfTerms").with(terms).with((float) size).with(term).with(loss).overGroups(1);
  }

  @Override
  public void meanSquaredErrorBackward(int size, Storage a, Storage b, Storage dLoss, Storage dA) {
    queue.launch(Family.LOSS, "meanSquaredErrorBackward").with(size).with(a).with(b).with(dLoss).with(dA).overItems(size);
  }

  @Override
  public void crossEntropy(int rows, int classes, Storage logits, Storage labels, Storage loss) {
    try (Storage term = memory.temporary(rows)) {
      queue.launch(Family.LOSS, "crossEntropy").with(classes).with(logits).with(labels).with(term).overGroups(rows);
      mean(rows, rows, term, loss);
    }
  }

  @Override
  public void crossEntropyBackward(int rows, int classes, Storage logits, Storage labels, Storage dLoss, Storage dLogits) {
    queue.launch(Family.LOSS, "crossEntropyBackward").with(rows).with(classes).with(logits).with(labels).with(dLoss)
        .with(dLogits).overGroups(rows);
  }

  @Override
  public void ntXent(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage loss) {
    int rows = 2 * pairs;
    int block = Math.min(BLOCK_ROWS, rows);
    try (Storage z = memory.temporary(rows, columns);
        Storage s = memory.temporary(block, rows);
        Storage term = memory.temporary(rows)) {
      similarity.l2Normalize(rows, columns, epsilon, x, z, norm);
      for (int first = 0; first < rows; first += block) {
        int count = Math.min(block, rows - first);
        products(first, count, rows, columns, z, s);
        queue.launch(Family.LOSS, "ntXent").with(first).with(pairs).with(temperature).with(s).with(logSum).with(term)
            .overGroups(count);
      }
      mean(rows, rows, term, loss);
    }
  }

  /// s = z·zᵀ for a block of rows, not yet divided by the temperature.
  private void products(int first, int count, int rows, int columns, Storage z, Storage s) {
    matmul.matmul(1, false, true, count, rows, columns, z.window(first * columns, count * columns), z, s);
  }

  @Override
  public void ntXentBackward(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage dLoss, Storage dX) {
    int rows = 2 * pairs;
    int block = Math.min(BLOCK_ROWS, rows);
    try (Storage z = memory.temporary(rows, columns);
        Storage sameNorm = memory.temporary(rows);
        Storage s = memory.temporary(block, rows)) {
      similarity.l2Normalize(rows, columns, epsilon, x, z, sameNorm);
      for (int first = 0; first < rows; first += block) {
        int count = Math.min(block, rows - first);
        products(first, count, rows, columns, z, s);
        queue.launch(Family.LOSS, "ntXentWeights").with(first).with(pairs).with(temperature).with(logSum).with(dLoss).with(s)
            .overGrid(rows, count, 1);
        matmul.matmul(1, false, false, count, columns, rows, s, z, dX.window(first * columns, count * columns));
      }
      similarity.l2NormalizeBackward(rows, columns, epsilon, z, norm, dX, dX);
    }
  }
}
