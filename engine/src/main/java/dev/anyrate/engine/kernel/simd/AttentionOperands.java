package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;

/// What both passes of attention read, and where the numbers of a head stand in it. One object serves call after call.
final class AttentionOperands {
  private int length;
  private int heads;
  private int headSize;
  private HeapStorage qkv;
  private HeapStorage lengths;
  private HeapStorage y;
  private HeapStorage logSum;

  /// @param length   samples of a series
  /// @param heads    of each series
  /// @param headSize channels of a head
  /// @param qkv      `[B, L, 3·H]`
  /// @param lengths  keys of each series, `[B]`
  /// @param y        `[B, L, H]`
  /// @param logSum   `[B, heads, L]`
  void set(int length, int heads, int headSize, HeapStorage qkv, HeapStorage lengths, HeapStorage y, HeapStorage logSum) {
    this.length = length;
    this.heads = heads;
    this.headSize = headSize;
    this.qkv = qkv;
    this.lengths = lengths;
    this.y = y;
    this.logSum = logSum;
  }

  int length() {
    return length;
  }

  int headSize() {
    return headSize;
  }

  HeapStorage qkv() {
    return qkv;
  }

  HeapStorage y() {
    return y;
  }

  HeapStorage logSum() {
    return logSum;
  }

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

  /// Blocks of queries in a head.
  int blocks() {
    return Math.ceilDiv(length, AttentionTile.QUERIES);
  }

  /// Heads that one thread works on, one after the other: all of a series if it is short. Then its tensors are brought into the cache first, as a head reads
  /// a few channels of every row: 32 samples, 4 heads of 32, went from 21 to 13 ms in the backward passes of a training step, and from 1.31 to 0.78 ms in
  /// the forward pass of 64 series out of cache.
  int together() {
    return blocks() == 1 ? heads : 1;
  }

  /// Brings the series of a head into the cache.
  ///
  /// @param tensor of `widths·width()` channels
  void bringIn(int head, int widths, HeapStorage tensor) {
    int size = length * widths * width();
    CacheLines.bringIn(size, tensor.array(), tensor.offset() + head / heads * size);
  }

  /// Keys that the queries of a head attend to.
  int keys(int head) {
    return ValidSamples.of(lengths, head / heads, length);
  }
}
