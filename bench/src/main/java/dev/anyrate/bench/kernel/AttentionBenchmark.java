package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Attention of series of 1,024 samples, four heads of 32, forward and backward.
public class AttentionBenchmark extends EngineBenchmark {
  private static final int BATCH = 4;
  private static final int LENGTH = 1024;
  private static final int HEADS = 4;
  private static final int HEAD_SIZE = 32;

  @Override
  protected int batch() {
    return BATCH;
  }

  @Override
  protected Work work(int batch) {
    return work(batch, LENGTH, HEADS, HEAD_SIZE);
  }

  /// Counted as six products, as a library makes them: scores and mix forward, and two for the gradient of each. Computing the scores again in the backward pass is work of our own.
  public static Work work(int batch, int length, int heads, int headSize) {
    return Work.flops(6 * 2.0 * batch * heads * length * length * headSize);
  }

  @Override
  protected Call prepare(Engine engine, int batch) {
    return forwardAndBackward(engine, batch, LENGTH, HEADS, HEAD_SIZE);
  }

  /// The gradient of random queries, keys and values.
  public static Call forwardAndBackward(Engine engine, int batch, int length, int heads, int headSize) {
    int width = heads * headSize;
    Storage qkv = Inputs.uniform(engine, 1, batch, length, 3 * width).storage();
    Storage dY = Inputs.uniform(engine, 2, batch, length, width).storage();
    Storage lengths = engine.full(Shape.of(batch), length).storage();
    Storage y = Inputs.zeros(engine, batch, length, width).storage();
    Storage logSum = Inputs.zeros(engine, batch, heads, length).storage();
    Tensor dQkv = Inputs.zeros(engine, batch, length, 3 * width);
    return Call.of(engine, () -> {
      engine.kernels().attention().attention(batch, length, heads, headSize, qkv, lengths, y, logSum);
      engine.kernels().attention().attentionBackward(batch, length, heads, headSize, qkv, lengths, y, logSum, dY, dQkv.storage());
    }, dQkv);
  }
}
