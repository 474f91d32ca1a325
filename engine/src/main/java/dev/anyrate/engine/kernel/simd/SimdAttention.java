package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.AttentionKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Attention by tiles of scores that stay in the first-level cache.
///
/// Tiles are transposed: a row is a key, a column a query. So queries lie in the lanes, and the maxima and sums of the softmax run
/// down the rows without a step across lanes; keys and values are left operands of their products or row-major right ones, read where
/// they are; and of each block of queries only the transposed copy is packed, once for all keys.
final class SimdAttention implements AttentionKernels {
  private final Workers workers;
  private final AttentionOperands operands = new AttentionOperands();
  private final AttentionForward forward = new AttentionForward(operands);
  private final AttentionBackward backward = new AttentionBackward(operands);
  private final Workers.Range forwardRange = forward::run;
  private final Workers.Range backwardRange = backward::run;

  SimdAttention(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void attention(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y, Storage logSum) {
    operands.set(length, heads, headSize, HeapStorage.of(qkv), HeapStorage.of(lengths), HeapStorage.of(y),
        HeapStorage.of(logSum));
    workers.runRanges(batch * heads * operands.blocks(), operands.together(), forwardRange);
  }

  @Override
  public void attentionBackward(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y,
      Storage logSum, Storage dY, Storage dQkv) {
    operands.set(length, heads, headSize, HeapStorage.of(qkv), HeapStorage.of(lengths), HeapStorage.of(y),
        HeapStorage.of(logSum));
    backward.set(HeapStorage.of(dY), HeapStorage.of(dQkv));
    workers.runRanges(batch * heads, operands.together(), backwardRange);
  }
}
