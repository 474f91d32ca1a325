package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import java.util.Arrays;

/// A batch cut into chunks whose sizes differ by one pair at most.
///
/// @param batch to be cut
/// @param most  pairs in a chunk, at least 1
record Chunks(PairedBatch batch, int most) {
  /// How many there are.
  int count() {
    return Math.ceilDiv(batch.batchSize(), most);
  }

  /// First pair of a chunk; that of the chunk behind the last is the count of pairs.
  int start(int chunk) {
    return (int) ((long) chunk * batch.batchSize() / count());
  }

  /// Pairs in a chunk.
  int size(int chunk) {
    return start(chunk + 1) - start(chunk);
  }

  /// The pairs of a chunk as a batch of their own.
  PairedBatch pairs(int chunk) {
    int from = start(chunk);
    int to = start(chunk + 1);
    int values = batch.channels() * batch.length();
    return new PairedBatch(Arrays.copyOfRange(batch.view1(), from * values, to * values),
        Arrays.copyOfRange(batch.lengths1(), from, to), Arrays.copyOfRange(batch.view2(), from * values, to * values),
        Arrays.copyOfRange(batch.lengths2(), from, to), to - from, batch.channels(), batch.length());
  }
}
