package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.ReductionKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Sums where the reduced axes are neighbours, so that x is `[outer, reduced, inner]` and the sum goes along rows (inner 1) or
/// down columns. Other sums, and columns fewer than a vector has lanes, are left to the plain loops.
final class SimdReduction implements ReductionKernels {
  /// Elements of a row that are added plainly before they are put together in double.
  private static final int RUN = 1 << 12;

  private static final int PARTIAL = 0;
  private static final int LANE_SUMS = 1;

  private final Workers workers;
  private final ReductionKernels plain;
  private final Scratch scratch = new Scratch(2);

  /// @param plain for sums of another form
  SimdReduction(Workers workers, ReductionKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  /// x as `[outer, reduced, inner]`.
  private record Form(int outer, int reduced, int inner) {
    /// @return null where reduced and kept axes alternate more often
    static Form of(int[] dims, boolean[] reduced) {
      int[] sizes = {1, 1, 1};
      int place = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        if (dims[axis] == 1) continue;
        if (reduced[axis] && place == 2) return null;
        if (reduced[axis]) place = 1;
        else if (place == 1) place = 2;
        sizes[place] *= dims[axis];
      }
      return new Form(sizes[0], sizes[1], sizes[2]);
    }
  }

  @Override
  public void sum(int[] dims, boolean[] reduced, float factor, Storage x, Storage y) {
    Form form = Form.of(dims, reduced);
    if (form == null || form.inner > 1 && form.inner < LANES) plain.sum(dims, reduced, factor, x, y);
    else
      sum(form, factor, HeapStorage.of(x), HeapStorage.of(y));
  }

  private void sum(Form form, float factor, HeapStorage x, HeapStorage y) {
    int inner = form.inner;
    int run = inner == 1 ? RUN : Grain.rows(inner);
    int runs = Math.ceilDiv(form.reduced, run);
    float[] partial = scratch.floats(PARTIAL, form.outer * runs * inner); // [outer, runs, inner]
    int together = Math.max(1, Grain.FLOATS / Math.max(1, Math.min(run, form.reduced) * inner));
    workers.runRanges(form.outer * runs, together, (from, to) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      for (int i = from; i < to; i++) {
        int first = i % runs * run;
        int count = Math.min(run, form.reduced - first);
        int x0 = x.offset() + (i / runs * form.reduced + first) * inner;
        if (inner == 1) partial[i] = RowLoops.sum(count, x.array(), x0, lanes);
        else
          ChannelSums.sum(count, inner, x.array(), x0, partial, i * inner);
      }
    });
    for (int row = 0; row < form.outer; row++) {
      PartialSums.add(runs, inner, factor, partial, row * runs * inner, inner, y.array(), y.offset() + row * inner);
    }
  }

  @Override
  public void repeat(int[] dims, boolean[] reduced, float factor, Storage y, Storage x) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (reduced[axis]) continue;
      strides[axis] = stride;
      stride *= dims[axis];
    }
    StridedView view = StridedView.of(dims, strides);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage xs = HeapStorage.of(x);
    workers.runRanges(xs.size(), Grain.FLOATS, (from, to) -> {
      int x0 = xs.offset() + from;
      view.copy(from, to - from, ys.array(), ys.offset(), xs.array(), x0);
      if (factor != 1) ArrayLoops.scale(to - from, factor, xs.array(), x0, xs.array(), x0);
    });
  }

  @Override
  public void sumOfSquares(int size, Storage x, Storage result) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage sum = HeapStorage.of(result);
    int runs = Math.ceilDiv(size, RUN);
    float[] partial = scratch.floats(PARTIAL, runs);
    workers.runRanges(size, RUN, (from, to) -> {
      int x0 = xs.offset() + from;
      partial[from / RUN] = RowLoops.dot(to - from, xs.array(), x0, xs.array(), x0, scratch.floats(LANE_SUMS, LANES));
    });
    PartialSums.add(runs, 1, 1, partial, 0, 1, sum.array(), sum.offset());
  }
}
