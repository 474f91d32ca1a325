package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.AttentionKernels;
import dev.anyrate.engine.memory.Storage;

/// Attention by matrix products over a block of queries after the other: `attention.cl` and `matmul.cl`. Scores are kept for one block, so memory grows with the
/// length, not with its square.
final class OpenClAttention implements AttentionKernels {
  /// Scores of a block, of all series and heads together; more where a series is so long that [#FEWEST_QUERIES] have more.
  private static final int SCORES = 1 << 22;
  private static final int FEWEST_QUERIES = 8;

  private final CommandQueue queue;
  private final DeviceMemory memory;
  private final OpenClMatmul matmul;

  OpenClAttention(CommandQueue queue, DeviceMemory memory, OpenClMatmul matmul) {
    this.queue = queue;
    this.memory = memory;
    this.matmul = matmul;
  }

  /// Sizes, and where the heads' matrices stand in `qkv` and `y`.
  private record Heads(int batch, int length, int heads, int headSize) {
    int parts() {
      return batch * heads;
    }

    float scale() {
      return (float) (1 / Math.sqrt(headSize));
    }

    /// Queries of a block.
    int queries() {
      return Math.clamp(SCORES / Math.max(1, (long) parts() * length), Math.min(FEWEST_QUERIES, Math.max(1, length)),
          Math.max(1, length));
    }

    /// Queries, keys or values from row `row` on, `[rows, headSize]`.
    Operand projected(Storage qkv, int which, int row) {
      int width = heads * headSize;
      return new Operand(qkv, which * width + row * 3 * width, 3 * width, 1, heads, length * 3 * width, headSize);
    }

    /// Rows of y or dY from row `row` on, `[rows, headSize]`.
    Operand result(Storage y, int row) {
      int width = heads * headSize;
      return new Operand(y, row * width, width, 1, heads, length * width, headSize);
    }

    /// Scores of a block, `[queries, length]`.
    Operand scores(Storage s, int queries) {
      return Operand.rows(s, queries, length);
    }
  }

  @Override
  public void attention(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y, Storage logSum) {
    var all = new Heads(batch, length, heads, headSize);
    int block = all.queries();
    try (Storage s = memory.temporary(all.parts(), block, length)) {
      for (int first = 0; first < length; first += block) {
        int queries = Math.min(block, length - first);
        scores(all, first, queries, qkv, s);
        queue.launch(Family.ATTENTION, "attentionWeights").with(first).with(queries).with(length).with(heads).with(all.scale())
            .with(lengths).with(s).with(logSum).overGroups((long) all.parts() * queries);
        matmul.multiply(all.parts(), queries, headSize, length, all.scores(s, queries), all.projected(qkv, 2, 0),
            all.result(y, first), false);
      }
    }
  }

  /// s = Q·Kᵀ for the queries of a block.
  private void scores(Heads all, int first, int queries, Storage qkv, Storage s) {
    matmul.multiply(all.parts(), queries, all.length, all.headSize, all.projected(qkv, 0, first),
        all.projected(qkv, 1, 0).transposed(), all.scores(s, queries), false);
  }

  @Override
  public void attentionBackward(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y,
      Storage logSum, Storage dY, Storage dQkv) {
    var all = new Heads(batch, length, heads, headSize);
    int block = all.queries();
    try (Storage s = memory.temporary(all.parts(), block, length); Storage dP = memory.temporary(all.parts(), block, length)) {
      for (int first = 0; first < length; first += block) {
        int queries = Math.min(block, length - first);
        scores(all, first, queries, qkv, s);
        matmul.multiply(all.parts(), queries, length, headSize, all.result(dY, first), all.projected(qkv, 2, 0).transposed(),
            all.scores(dP, queries), false);
        queue.launch(Family.ATTENTION, "attentionGradients").with(first).with(queries).with(length).with(heads).with(headSize)
            .with(all.scale()).with(lengths).with(y).with(dY).with(logSum).with(s).with(dP)
            .overGroups((long) all.parts() * queries);
        Operand p = all.scores(s, queries);
        Operand dS = all.scores(dP, queries);
        boolean add = first > 0; // dK and dV gather over the blocks
        matmul.multiply(all.parts(), queries, headSize, length, dS, all.projected(qkv, 1, 0), all.projected(dQkv, 0, first),
            false);
        matmul.multiply(all.parts(), length, headSize, queries, dS.transposed(), all.projected(qkv, 0, first),
            all.projected(dQkv, 1, 0), add);
        matmul.multiply(all.parts(), length, headSize, queries, p.transposed(), all.result(dY, first), all.projected(dQkv, 2, 0),
            add);
      }
    }
  }
}
