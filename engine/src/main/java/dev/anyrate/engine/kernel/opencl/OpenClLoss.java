package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.memory.Storage;

/// Losses: `loss.cl`. Their terms are computed side by side, and added by one group in a fixed order.
///
/// NT-Xent takes its similarities from matrix products, a block of rows after the other: each product has [#BLOCK_ROWS] × 2B numbers, so
/// memory grows with B alone.
final class OpenClLoss implements LossKernels {
  private static final int BLOCK_ROWS = 512;

  /// Squares that one group adds.
  private static final int TERMS_OF_GROUP = 4096;

  private final CommandQueue queue;
  private final DeviceMemory memory;
  private final OpenClMatmul matmul;

  OpenClLoss(CommandQueue queue, DeviceMemory memory, OpenClMatmul matmul) {
    this.queue = queue;
    this.memory = memory;
    this.matmul = matmul;
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
    queue.launch(Family.LOSS, "ntXentNorms").with(columns).with(epsilon).with(x).with(norm).overGroups(rows);
    try (Storage s = memory.temporary(block, rows); Storage term = memory.temporary(rows)) {
      for (int first = 0; first < rows; first += block) {
        int count = Math.min(block, rows - first);
        products(first, count, rows, columns, x, s);
        queue.launch(Family.LOSS, "ntXent").with(first).with(pairs).with(temperature).with(norm).with(s).with(logSum).with(term)
            .overGroups(count);
      }
      mean(rows, rows, term, loss);
    }
  }

  /// s = x·xᵀ for a block of rows, not yet divided by the norms and the temperature.
  private void products(int first, int count, int rows, int columns, Storage x, Storage s) {
    matmul.matmul(1, false, true, count, rows, columns, x.window(first * columns, count * columns), x, s);
  }

  /// The weights of z_j in dZ_i, divided by the norms of both rows, are the weights of x_j in dZ_i/norm_i: so rows of unit length are needed nowhere.
  @Override
  public void ntXentBackward(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage dLoss, Storage dX) {
    int rows = 2 * pairs;
    int block = Math.min(BLOCK_ROWS, rows);
    try (Storage s = memory.temporary(block, rows)) {
      for (int first = 0; first < rows; first += block) {
        int count = Math.min(block, rows - first);
        products(first, count, rows, columns, x, s);
        queue.launch(Family.LOSS, "ntXentWeights").with(first).with(pairs).with(temperature).with(norm).with(logSum).with(dLoss)
            .with(s).overGrid(rows, count, 1);
        matmul.matmul(1, false, false, count, columns, rows, s, x, dX.window(first * columns, count * columns));
      }
    }
    queue.launch(Family.LOSS, "ntXentAcross").with(columns).with(epsilon).with(x).with(norm).with(dX).overGroups(rows);
  }
}
