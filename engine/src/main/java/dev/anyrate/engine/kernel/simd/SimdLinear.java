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

  private static final int PARTIAL = 0;

  private final Workers workers;
  private final LinearKernels composed;
  private final GemmProduct product = new GemmProduct();
  private final Scratch scratch = new Scratch(1);
  private final Workers.Range sumRows = this::sumRows;

  private int out; // of the call in progress
  private int grain;
  private HeapStorage dY;
  private int firstRow;
  private float[] partial; // sums of each run of `grain` rows

  /// @param composed for what is too small
  SimdLinear(Workers workers, LinearKernels composed) {
    this.workers = workers;
    this.composed = composed;
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
    this.out = out;
    this.dY = HeapStorage.of(dY);
    grain = Grain.rows(out);
    int runs = Math.ceilDiv(rows, grain);
    partial = scratch.floats(PARTIAL, runs * out);
    int chunk = Math.ceilDiv(ROWS, grain) * grain;
    for (int row = 0; row < rows; row += chunk) {
      int count = Math.min(chunk, rows - row);
      firstRow = row;
      workers.runRanges(count, grain, sumRows);
      product.sizes(out, in, count).left(array(dY), offset(dY) + row * out, 1, out)
          .right(array(x), offset(x) + row * in, in, 1).result(array(dWeight), offset(dWeight));
      if (row > 0) product.add();
      product.run(workers);
    }
    PartialSums.add(runs, out, 1, partial, 0, out, array(dBias), offset(dBias));
  }

  private void sumRows(int from, int to) {
    int row = firstRow + from;
    ChannelSums.sum(to - from, out, dY.array(), dY.offset() + row * out, partial, row / grain * out);
  }
}
