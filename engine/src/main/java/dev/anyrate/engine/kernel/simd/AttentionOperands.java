package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;

/// What both passes of attention read, and where the numbers of a head stand in it.
///
/// @param length   samples of a series
/// @param heads    of each series
/// @param headSize channels of a head
/// @param qkv      `[B, L, 3·H]`
/// @param valid    keys of each series
/// @param y        `[B, L, H]`
/// @param logSum   `[B, heads, L]`
record AttentionOperands(int length, int heads, int headSize, HeapStorage qkv, ValidSamples valid, HeapStorage y,
    HeapStorage logSum) {
  /// Channels of all heads.
  int width() {
    return heads * headSize;
  }

  /// Floats from one sample to the next in `qkv`.
  int stride() {
    return 3 * width();
  }

  /// Of the scores, before the softmax.
  float scale() {
    return (float) (1 / Math.sqrt(headSize));
  }

  /// Where the first query of a head stands in a tensor like `qkv`. Its keys begin [#width()] floats behind, its values twice that.
  ///
  /// @param head counted over all series
  int query(HeapStorage tensor, int head) {
    return tensor.offset() + head / heads * length * stride() + head % heads * headSize;
  }

  /// Where the first result of a head stands in a tensor like `y`.
  int result(HeapStorage tensor, int head) {
    return tensor.offset() + head / heads * length * width() + head % heads * headSize;
  }

  /// Keys that the queries of a head attend to.
  int keys(int head) {
    return valid.of(head / heads);
  }
}
