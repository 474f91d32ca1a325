package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Element by element. The loops take whole vectors; what is left at the end of a run goes through them in copies of one vector,
/// so an element's result does not depend on where it stands.
final class SimdElementwise implements ElementwiseKernels {
  /// Elements that go through several loops at a time: repeated operands are written out for so many, and so are exponentials.
  /// The copies stay in the first-level cache.
  private static final int BLOCK = 1 << 10;

  private static final int FIRST = 0;
  private static final int SECOND = 1;
  private static final int BUFFER = 2;
  private static final int TAILS = 3; // four of them: a result, and what it is made from

  private final Workers workers;
  private final Scratch scratch = new Scratch("elementwise", 7);
  private final BinaryCall binary = new BinaryCall();
  private final UnaryCall unary = new UnaryCall();
  private final UnaryBackwardCall unaryBackward = new UnaryBackwardCall();
  private final ScaleCall scale = new ScaleCall();
  private final AddScaledCall addScaled = new AddScaledCall();

  SimdElementwise(Workers workers) {
    this.workers = workers;
  }

  /// A last vector of a run: the elements of an operand in an array of one vector. What follows them there is of no account.
  private float[] tail(int slot, float[] array, int from) {
    float[] tail = scratch.floats(TAILS + slot, LANES);
    System.arraycopy(array, from, tail, 0, Math.min(LANES, array.length - from));
    return tail;
  }

  private final class BinaryCall implements Workers.Range {
    private final StridedView first = new StridedView();
    private final StridedView second = new StridedView();
    private BinaryFunction function;
    private HeapStorage a;
    private HeapStorage b;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
      for (int i = from, count; i < to; i += count) {
        count = Math.min(BLOCK, to - i);
        float[] aBlock = inOrder(first, i, count, a, FIRST);
        float[] bBlock = inOrder(second, i, count, b, SECOND);
        apply(count, aBlock, first.isPlain() ? a.offset() + i : 0, bBlock, second.isPlain() ? b.offset() + i : 0, y.array(),
            y.offset() + i);
      }
    }

    /// The array that holds elements `from … from + count - 1` of an operand in the order of the result: its own, or a copy that
    /// begins at 0.
    private float[] inOrder(StridedView view, int from, int count, HeapStorage operand, int slot) {
      if (view.isPlain()) return operand.array();
      float[] block = scratch.floats(slot, BLOCK);
      view.copy(from, count, operand.array(), operand.offset(), block, 0);
      return block;
    }

    private void apply(int size, float[] as, int a0, float[] bs, int b0, float[] ys, int y0) {
      int whole = FLOATS.loopBound(size);
      BinaryLoops.apply(function, whole, as, a0, bs, b0, ys, y0);
      if (whole == size) return;
      float[] result = scratch.floats(TAILS, LANES);
      BinaryLoops.apply(function, LANES, tail(1, as, a0 + whole), 0, tail(2, bs, b0 + whole), 0, result, 0);
      System.arraycopy(result, 0, ys, y0 + whole, size - whole);
    }
  }

  @Override
  public void binary(BinaryFunction function, int[] dims, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y) {
    binary.function = function;
    binary.first.set(dims, aStrides);
    binary.second.set(dims, bStrides);
    binary.a = HeapStorage.of(a);
    binary.b = HeapStorage.of(b);
    binary.y = HeapStorage.of(y);
    workers.runRanges(y.size(), Grain.FLOATS, binary);
  }

  private final class UnaryCall implements Workers.Range {
    private UnaryFunction function;
    private HeapStorage x;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
      float[] buffer = scratch.floats(BUFFER, BLOCK);
      for (int i = from, count; i < to; i += count) {
        count = Math.min(BLOCK, to - i);
        apply(count, x.array(), x.offset() + i, y.array(), y.offset() + i, buffer);
      }
    }

    private void apply(int size, float[] xs, int x0, float[] ys, int y0, float[] buffer) {
      int whole = FLOATS.loopBound(size);
      UnaryLoops.apply(function, whole, xs, x0, ys, y0, buffer);
      if (whole == size) return;
      float[] result = scratch.floats(TAILS, LANES);
      UnaryLoops.apply(function, LANES, tail(1, xs, x0 + whole), 0, result, 0, buffer);
      System.arraycopy(result, 0, ys, y0 + whole, size - whole);
    }
  }

  @Override
  public void unary(UnaryFunction function, int size, Storage x, Storage y) {
    unary.function = function;
    unary.x = HeapStorage.of(x);
    unary.y = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS, unary);
  }

  private final class UnaryBackwardCall implements Workers.Range {
    private UnaryFunction function;
    private HeapStorage x;
    private HeapStorage y;
    private HeapStorage dY;
    private HeapStorage dX;

    @Override
    public void run(int from, int to) {
      float[] buffer = scratch.floats(BUFFER, BLOCK);
      for (int i = from, count; i < to; i += count) {
        count = Math.min(BLOCK, to - i);
        apply(count, x.array(), x.offset() + i, y.array(), y.offset() + i, dY.array(), dY.offset() + i,
            dX.array(), dX.offset() + i, buffer);
      }
    }

    private void apply(int size, float[] xs, int x0, float[] ys, int y0, float[] dYs, int dY0, float[] dXs, int dX0,
        float[] buffer) {
      int whole = FLOATS.loopBound(size);
      UnaryBackwardLoops.apply(function, whole, xs, x0, ys, y0, dYs, dY0, dXs, dX0, buffer);
      if (whole == size) return;
      float[] result = scratch.floats(TAILS, LANES);
      UnaryBackwardLoops.apply(function, LANES, tail(1, xs, x0 + whole), 0, tail(2, ys, y0 + whole), 0,
          tail(3, dYs, dY0 + whole), 0, result, 0, buffer);
      System.arraycopy(result, 0, dXs, dX0 + whole, size - whole);
    }
  }

  @Override
  public void unaryBackward(UnaryFunction function, int size, Storage x, Storage y, Storage dY, Storage dX) {
    unaryBackward.function = function;
    unaryBackward.x = HeapStorage.of(x);
    unaryBackward.y = HeapStorage.of(y);
    unaryBackward.dY = HeapStorage.of(dY);
    unaryBackward.dX = HeapStorage.of(dX);
    workers.runRanges(size, Grain.FLOATS, unaryBackward);
  }

  private static final class ScaleCall implements Workers.Range {
    private float factor;
    private HeapStorage x;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
      ArrayLoops.scale(to - from, factor, x.array(), x.offset() + from, y.array(), y.offset() + from);
    }
  }

  @Override
  public void scale(int size, float factor, Storage x, Storage y) {
    scale.factor = factor;
    scale.x = HeapStorage.of(x);
    scale.y = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS, scale);
  }

  private static final class AddScaledCall implements Workers.Range {
    private float factor;
    private HeapStorage x;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
      ArrayLoops.addScaled(to - from, factor, x.array(), x.offset() + from, y.array(), y.offset() + from);
    }
  }

  @Override
  public void addScaled(int size, float factor, Storage x, Storage y) {
    addScaled.factor = factor;
    addScaled.x = HeapStorage.of(x);
    addScaled.y = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS, addScaled);
  }
}
