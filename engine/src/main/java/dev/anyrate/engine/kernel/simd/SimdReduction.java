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
  private final Scratch scratch = new Scratch("sum", 2);
  private final SumCall sum = new SumCall();
  private final RepeatCall repeat = new RepeatCall();
  private final SquaresCall squares = new SquaresCall();

  /// @param plain for sums of another form
  SimdReduction(Workers workers, ReductionKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  /// The sum of x as `[outer, reduced, inner]`.
  private final class SumCall implements Workers.Range {
    private int outer;
    private int reduced;
    private int inner;
    private int run; // rows that are added before the sums of runs are
    private int runs;
    private HeapStorage x;
    private float[] partial; // [outer, runs, inner]

    /// @return false where reduced and kept axes alternate more often
    boolean setForm(int[] dims, boolean[] isReduced) {
      outer = 1;
      reduced = 1;
      inner = 1;
      boolean behind = false;
      for (int axis = 0; axis < dims.length; axis++) {
        if (dims[axis] == 1) continue;
        if (isReduced[axis] && inner > 1) return false;
        if (isReduced[axis]) {
          behind = true;
          reduced *= dims[axis];
        } else if (behind) {
          inner *= dims[axis];
        } else {
          outer *= dims[axis];
        }
      }
      run = inner == 1 ? RUN : PartialSums.rows(reduced, Grain.rows(inner), outer * inner);
      runs = Math.ceilDiv(reduced, run);
      return true;
    }

    @Override
    public void run(int from, int to) {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      for (int i = from; i < to; i++) {
        int first = i % runs * run;
        int count = Math.min(run, reduced - first);
        int x0 = x.offset() + (i / runs * reduced + first) * inner;
        if (inner == 1) partial[i] = RowLoops.sum(count, x.array(), x0, lanes);
        else
          ChannelSums.sum(count, inner, x.array(), x0, partial, i * inner);
      }
    }
  }

  @Override
  public void sum(int[] dims, boolean[] reduced, float factor, Storage x, Storage y) {
    if (!sum.setForm(dims, reduced) || sum.inner > 1 && sum.inner < LANES) {
      plain.sum(dims, reduced, factor, x, y);
      return;
    }
    HeapStorage ys = HeapStorage.of(y);
    sum.x = HeapStorage.of(x);
    sum.partial = scratch.floats(PARTIAL, sum.outer * sum.runs * sum.inner);
    int together = Math.max(1, Grain.FLOATS / Math.max(1, Math.min(sum.run, sum.reduced) * sum.inner));
    workers.runRanges(sum.outer * sum.runs, together, sum);
    for (int row = 0; row < sum.outer; row++) {
      PartialSums.add(sum.runs, sum.inner, factor, sum.partial, row * sum.runs * sum.inner, sum.inner, ys.array(),
          ys.offset() + row * sum.inner);
    }
  }

  private static final class RepeatCall implements Workers.Range {
    private final StridedView view = new StridedView();
    private int[] strides = new int[0];
    private float factor;
    private HeapStorage x;
    private HeapStorage y;

    void setForm(int[] dims, boolean[] reduced) {
      if (strides.length != dims.length) strides = new int[dims.length];
      int stride = 1;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        strides[axis] = reduced[axis] ? 0 : stride;
        if (!reduced[axis]) stride *= dims[axis];
      }
      view.set(dims, strides);
    }

    @Override
    public void run(int from, int to) {
      int x0 = x.offset() + from;
      view.copy(from, to - from, y.array(), y.offset(), x.array(), x0);
      if (factor != 1) ArrayLoops.scale(to - from, factor, x.array(), x0, x.array(), x0);
    }
  }

  @Override
  public void repeat(int[] dims, boolean[] reduced, float factor, Storage y, Storage x) {
    repeat.setForm(dims, reduced);
    repeat.factor = factor;
    repeat.x = HeapStorage.of(x);
    repeat.y = HeapStorage.of(y);
    workers.runRanges(x.size(), Grain.FLOATS, repeat);
  }

  private final class SquaresCall implements Workers.Range {
    private HeapStorage x;
    private float[] partial;

    @Override
    public void run(int from, int to) {
      int x0 = x.offset() + from;
      partial[from / RUN] = RowLoops.dot(to - from, x.array(), x0, x.array(), x0, scratch.floats(LANE_SUMS, LANES));
    }
  }

  @Override
  public void sumOfSquares(int size, Storage x, Storage result) {
    HeapStorage sumOfAll = HeapStorage.of(result);
    int runs = Math.ceilDiv(size, RUN);
    squares.x = HeapStorage.of(x);
    squares.partial = scratch.floats(PARTIAL, runs);
    workers.runRanges(size, RUN, squares);
    PartialSums.add(runs, 1, 1, squares.partial, 0, 1, sumOfAll.array(), sumOfAll.offset());
  }
}
