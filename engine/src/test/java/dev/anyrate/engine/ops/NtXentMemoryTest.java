package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.testing.ChildProgram;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// NT-Xent of a large batch, forward and backward on a tape, needs memory that grows with the batch, not with its square. (The plain loops keep one row, and would take
/// minutes.)
@Tag("long")
@Tag("kernels")
class NtXentMemoryTest {
  /// What 65,536 pairs of 64 numbers may take beyond the embeddings and their gradient, for each pair.
  private static final long ALLOWED_PER_PAIR = (64L << 20) / 65_536;

  @Test
  void workMemoryIsLinearInTheBatchAndThreadsDoNotChangeABit() throws IOException, InterruptedException {
    assertEquals(hashOfResult(8192, 64, 1), hashOfResult(8192, 64, 3));
    hashOfResult(4096, 63, 1); // rows that are no whole panels
  }

  private static String hashOfResult(int pairs, int columns, int threads) throws IOException, InterruptedException {
    ChildProgram.Ended ended = ChildProgram.likeUs().withOption("-XX:+UseSerialGC")
        .run(LargeNtXent.class, String.valueOf(pairs), String.valueOf(columns), String.valueOf(threads));
    assertEquals(0, ended.exitCode(), ended.output());
    String[] printed = ended.output().lines().toList().getLast().split(" ");
    long bytes = Long.parseLong(printed[0]);
    assertTrue(bytes > 0 && bytes < pairs * ALLOWED_PER_PAIR, bytes + " bytes, " + pairs * ALLOWED_PER_PAIR + " allowed");
    return printed[1];
  }
}
