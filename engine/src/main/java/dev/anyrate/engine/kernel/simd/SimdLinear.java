package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.LinearKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Linear maps as products that begin with bias and residual, and whose gradients are summed where they are read.
final class SimdLinear implements LinearKernels {
  /// With so few rows or outputs a product is made of dot products, or has too few columns for vectors.
  private static final int FEW = 4;

  /// Rows of dY that are summed and multiplied while they are in the second-level cache. Their product reads them column by column, which the machine
  /// does not foresee; the sum reads them in order.
  private static final int ROWS = 256;

  /// Rows whose part of the gradients one thread computes. Each run of them has a sum of its own, which is added to the others: 512 rows are 2 % slower on one thread.
  private static final int BLOCK = 1024;

  private static final int BIAS = 0;
  private static final ThreadLocal<GemmProduct> OF_THREAD = ThreadLocal.withInitial(GemmProduct::new);

  private final Workers workers;
  private final LinearKernels composed;
  private final GemmProduct product = new GemmProduct();
  private final BlockSums sums;
  private final Scratch scratch = new Scratch("linear", 1);

  private int rows; // of the gradients in work
  private int in;
  private int out;
  private HeapStorage x;
  private HeapStorage dY;

  /// @param composed for what is too small
  SimdLinear(Workers workers, LinearKernels composed) {
    this.workers = workers;
    this.composed = composed;
    this.sums = new BlockSums("linear", workers, this::sum);
  }

  private static float[] array(Storage storage) {
    return storage == null ? null : HeapStorage.of(storage).array();
  }

  private static int offset(Storage storage) {
    return storage == null ? 0 : HeapStorage.of(storage).offset();
  }

  @Override
  public void linear(int rows, int in, int out, Storage x, Storage weight, Storage bias, Storage residual, Storage y) {
    if (Math.min(rows, out) <= FEW) {
      composed.linear(rows, in, out, x, weight, bias, residual, y);
      return;
    }
    product.sizes(rows, out, in).left(array(x), offset(x), in, 1).right(array(weight), offset(weight), 1, in)
        .result(array(y), offset(y)).bias(array(bias), offset(bias)).residual(array(residual), offset(residual)).run(workers);
  }

  @Override
  public void linearBackwardParameters(int rows, int in, int out, Storage x, Storage dY, Storage dWeight, Storage dBias) {
    if (rows == 0 || dBias == null || Math.min(in, out) < LANES) {
      composed.linearBackwardParameters(rows, in, out, x, dY, dWeight, dBias);
      return;
    }
    this.rows = rows;
    this.in = in;
    this.out = out;
    this.x = HeapStorage.of(x);
    this.dY = HeapStorage.of(dY);
    float[] total = sums.of(Math.ceilDiv(rows, BLOCK), (long) out * in + out);
    System.arraycopy(total, 0, array(dWeight), offset(dWeight), out * in);
    System.arraycopy(total, out * in, array(dBias), offset(dBias), out);
  }

  /// dWeight and dBias of a run of blocks, one behind the other.
  private void sum(int fromBlock, int toBlock, float[] sum, int sum0) {
    int first = fromBlock * BLOCK;
    int last = Math.min(rows, toBlock * BLOCK);
    int bias0 = sum0 + out * in;
    float[] bias = scratch.floats(BIAS, out);
    for (int row = first; row < last; row += ROWS) {
      int count = Math.min(ROWS, last - row);
      GemmProduct part = OF_THREAD.get().sizes(out, in, count).left(dY.array(), dY.offset() + row * out, 1, out)
          .right(x.array(), x.offset() + row * in, in, 1).result(sum, sum0);
      if (row == first) {
        ChannelSums.sum(count, out, dY.array(), dY.offset() + row * out, sum, bias0);
      } else {
        ChannelSums.sum(count, out, dY.array(), dY.offset() + row * out, bias, 0);
        ArrayLoops.addScaled(out, 1, bias, 0, sum, bias0);
        part.add();
      }
      part.run(workers); // on this thread, as the others are at other parts
    }
  }
}
