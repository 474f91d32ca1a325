package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Losses. All but NT-Xent see a few thousand numbers a step at most, and are left to the plain loops.
final class SimdLoss implements LossKernels {
  private final LossKernels plain;
  private final SimdNtXent ntXent;

  /// @param plain for the small ones
  SimdLoss(Workers workers, LossKernels plain) {
    this.plain = plain;
    ntXent = new SimdNtXent(workers);
  }

  @Override
  public void meanSquaredError(int size, Storage a, Storage b, Storage loss) {
    plain.meanSquaredError(size, a, b, loss);
  }

  @Override
  public void meanSquaredErrorBackward(int size, Storage a, Storage b, Storage dLoss, Storage dA) {
    plain.meanSquaredErrorBackward(size, a, b, dLoss, dA);
  }

  @Override
  public void crossEntropy(int rows, int classes, Storage logits, Storage labels, Storage loss) {
    plain.crossEntropy(rows, classes, logits, labels, loss);
  }

  @Override
  public void crossEntropyBackward(int rows, int classes, Storage logits, Storage labels, Storage dLoss, Storage dLogits) {
    plain.crossEntropyBackward(rows, classes, logits, labels, dLoss, dLogits);
  }

  @Override
  public void ntXent(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage loss) {
    ntXent.forward(pairs, columns, temperature, epsilon, HeapStorage.of(x), HeapStorage.of(norm), HeapStorage.of(logSum),
        HeapStorage.of(loss));
  }

  @Override
  public void ntXentBackward(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage dLoss, Storage dX) {
    ntXent.backward(pairs, columns, temperature, epsilon, HeapStorage.of(x), HeapStorage.of(norm), HeapStorage.of(logSum),
        HeapStorage.of(dLoss), HeapStorage.of(dX));
  }
}
