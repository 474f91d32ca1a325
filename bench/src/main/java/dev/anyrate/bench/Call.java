package dev.anyrate.bench;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import java.util.function.Supplier;

/// Work whose operands are in place. Every run does the same, and overwrites its results.
public interface Call {
  /// Does it once.
  void run();

  /// The numbers of the last run, to compare with those of another engine.
  float[] result();

  /// A call of kernels.
  ///
  /// @param kernels to run
  /// @param results that they write
  static Call of(Engine engine, Runnable kernels, Tensor... results) {
    return of(kernels, () -> {
      int size = 0;
      for (Tensor tensor : results) size += tensor.size();
      float[] all = new float[size];
      int at = 0;
      for (Tensor tensor : results) {
        System.arraycopy(engine.toHost(tensor), 0, all, at, tensor.size());
        at += tensor.size();
      }
      return all;
    });
  }

  /// A call of anything.
  static Call of(Runnable action, Supplier<float[]> result) {
    return new Call() {
      @Override
      public void run() {
        action.run();
      }

      @Override
      public float[] result() {
        return result.get();
      }
    };
  }

  /// A call that makes rows, such as embeddings.
  static Call ofRows(Supplier<float[][]> action) {
    float[][][] made = new float[1][][];
    return of(() -> made[0] = action.get(), () -> {
      int size = made[0][0].length;
      float[] all = new float[made[0].length * size];
      for (int n = 0; n < made[0].length; n++) System.arraycopy(made[0][n], 0, all, n * size, size);
      return all;
    });
  }
}
