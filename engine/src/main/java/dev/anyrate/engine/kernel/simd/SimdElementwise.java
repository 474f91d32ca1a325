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
import java.util.Arrays;

/// Element by element. The loops take whole vectors; what is left at the end of a run goes through them in copies of one vector,
/// so an element's result does not depend on where it stands.
final class SimdElementwise implements ElementwiseKernels {
  /// Elements that go through several loops at a time: repeated operands are written out for so many, and so are exponentials.
  /// The copies stay in the first-level cache.
  private static final int BLOCK = 1 << 10;

  private static final int FIRST = 0;
  private static final int SECOND = 1;
  private static final int BUFFER = 2;

  private final Workers workers;
  private final Scratch scratch = new Scratch(3);

  SimdElementwise(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void binary(BinaryFunction function, int[] dims, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y) {
    StridedView first = StridedView.of(dims, aStrides);
    StridedView second = StridedView.of(dims, bStrides);
    HeapStorage as = HeapStorage.of(a);
    HeapStorage bs = HeapStorage.of(b);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(ys.size(), Grain.FLOATS, (from, to) -> {
      for (int i = from; i < to; i += BLOCK) {
        int count = Math.min(BLOCK, to - i);
        float[] aBlock = inOrder(first, i, count, as, FIRST);
        float[] bBlock = inOrder(second, i, count, bs, SECOND);
        binaryRun(function, count, aBlock, first.isPlain() ? as.offset() + i : 0, bBlock, second.isPlain() ? bs.offset() + i : 0,
            ys.array(), ys.offset() + i);
      }
    });
  }

  /// The array that holds elements `from … from + count - 1` of an operand in the order of the result: its own, or a copy that
  /// begins at 0.
  private float[] inOrder(StridedView view, int from, int count, HeapStorage operand, int slot) {
    if (view.isPlain()) return operand.array();
    float[] block = scratch.floats(slot, BLOCK);
    view.copy(from, count, operand.array(), operand.offset(), block, 0);
    return block;
  }

  private static void binaryRun(BinaryFunction function, int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    int whole = FLOATS.loopBound(size);
    BinaryLoops.apply(function, whole, a, a0, b, b0, y, y0);
    if (whole == size) return;
    float[] result = new float[LANES];
    BinaryLoops.apply(function, LANES, rest(a, a0 + whole), 0, rest(b, b0 + whole), 0, result, 0);
    System.arraycopy(result, 0, y, y0 + whole, size - whole);
  }

  @Override
  public void unary(UnaryFunction function, int size, Storage x, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS, (from, to) -> {
      float[] buffer = scratch.floats(BUFFER, BLOCK);
      for (int i = from; i < to; i += BLOCK) {
        unaryRun(function, Math.min(BLOCK, to - i), xs.array(), xs.offset() + i, ys.array(), ys.offset() + i, buffer);
      }
    });
  }

  private static void unaryRun(UnaryFunction function, int size, float[] x, int x0, float[] y, int y0, float[] buffer) {
    int whole = FLOATS.loopBound(size);
    UnaryLoops.apply(function, whole, x, x0, y, y0, buffer);
    if (whole == size) return;
    float[] result = new float[LANES];
    UnaryLoops.apply(function, LANES, rest(x, x0 + whole), 0, result, 0, buffer);
    System.arraycopy(result, 0, y, y0 + whole, size - whole);
  }

  @Override
  public void unaryBackward(UnaryFunction function, int size, Storage x, Storage y, Storage dY, Storage dX) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dXs = HeapStorage.of(dX);
    workers.runRanges(size, Grain.FLOATS, (from, to) -> {
      float[] buffer = scratch.floats(BUFFER, 2 * BLOCK);
      for (int i = from; i < to; i += BLOCK) {
        unaryBackwardRun(function, Math.min(BLOCK, to - i), xs.array(), xs.offset() + i, ys.array(), ys.offset() + i, dYs.array(),
            dYs.offset() + i, dXs.array(), dXs.offset() + i, buffer);
      }
    });
  }

  private static void unaryBackwardRun(UnaryFunction function, int size, float[] x, int x0, float[] y, int y0, float[] dY,
      int dY0,
      float[] dX, int dX0, float[] buffer) {
    int whole = FLOATS.loopBound(size);
    UnaryBackwardLoops.apply(function, whole, x, x0, y, y0, dY, dY0, dX, dX0, buffer);
    if (whole == size) return;
    float[] result = new float[LANES];
    UnaryBackwardLoops.apply(function, LANES, rest(x, x0 + whole), 0, rest(y, y0 + whole), 0, rest(dY, dY0 + whole), 0, result, 0,
        buffer);
    System.arraycopy(result, 0, dX, dX0 + whole, size - whole);
  }

  /// The last elements of an operand in an array of one vector. What follows them there is of no account.
  private static float[] rest(float[] array, int from) {
    return Arrays.copyOfRange(array, from, from + LANES);
  }

  @Override
  public void scale(int size, float factor, Storage x, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS,
        (from, to) -> ArrayLoops.scale(to - from, factor, xs.array(), xs.offset() + from, ys.array(), ys.offset() + from));
  }

  @Override
  public void addScaled(int size, float factor, Storage x, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(size, Grain.FLOATS,
        (from, to) -> ArrayLoops.addScaled(to - from, factor, xs.array(), xs.offset() + from, ys.array(), ys.offset() + from));
  }
}
