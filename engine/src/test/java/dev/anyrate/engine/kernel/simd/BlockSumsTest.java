package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.parallel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSumsTest {
  /// 0 + 1 + … of as many blocks, whose run adds up their numbers.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 100})
  void addsAllBlocks(int blocks) {
    try (var workers = new Workers(2)) {
      float[] sum = new BlockSums("test", workers, (from, to, partial, at) -> {
        partial[at] = 0;
        for (int block = from; block < to; block++) partial[at] += block;
      }).of(blocks, 1);
      assertEquals(blocks * (blocks - 1) / 2, sum[0]);
    }
  }

  /// Weights of thousands of channels: with 16 sums of each, their count overflowed.
  @ParameterizedTest
  @ValueSource(ints = {1 << 22, 1 << 23, 1 << 27, Integer.MAX_VALUE})
  void largeSumsAreFew(int size) {
    long floats = (long) size * Math.ceilDiv(1000, BlockSums.runLength(1000, size));
    assertTrue(floats <= Math.max(size, 1 << 26), "floats " + floats);
  }
}
