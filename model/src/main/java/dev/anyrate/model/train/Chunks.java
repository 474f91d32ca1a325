package dev.anyrate.model.train;

/// The rows of a batch, cut into chunks whose sizes differ by one at most.
///
/// @param rows of the batch
/// @param most rows in a chunk, at least 1
record Chunks(int rows, int most) {
  /// How many there are.
  int count() {
    return Math.ceilDiv(rows, most);
  }

  /// First row of a chunk; that of the chunk behind the last is the count of rows.
  int start(int chunk) {
    return (int) ((long) chunk * rows / count());
  }

  /// Rows in a chunk.
  int size(int chunk) {
    return start(chunk + 1) - start(chunk);
  }
}
