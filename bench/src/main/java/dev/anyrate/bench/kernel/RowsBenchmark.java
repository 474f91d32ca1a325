package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// Exponentials over 4,096 rows of 256 numbers: softmax, e^x, GELU.
public class RowsBenchmark extends EngineBenchmark {
  private static final int ROWS = 4096;
  private static final int COLUMNS = 256;

  /// What is computed.
  public enum Function {
    SOFTMAX, LOG_SOFTMAX, EXP, GELU, GELU_BACKWARD
  }

  /// What is computed.
  @Param
  public Function function;

  @Override
  protected int batch() {
    return ROWS;
  }

  @Override
  protected Work work(int rows) {
    return Work.floatsMoved((function == Function.GELU_BACKWARD ? 3.0 : 2.0) * rows * COLUMNS);
  }

  @Override
  protected Call prepare(Engine engine, int rows) {
    Storage x = Inputs.uniform(engine, 1, rows, COLUMNS).storage();
    Storage dY = Inputs.uniform(engine, 2, rows, COLUMNS).storage();
    Tensor result = Inputs.zeros(engine, rows, COLUMNS);
    Storage y = result.storage();
    int size = result.size();
    return Call.of(engine, switch (function) {
      case SOFTMAX -> () -> engine.kernels().softmax().softmax(rows, COLUMNS, x, y);
      case LOG_SOFTMAX -> () -> engine.kernels().softmax().logSoftmax(rows, COLUMNS, x, y);
      case EXP -> () -> engine.kernels().elementwise().unary(UnaryFunction.EXP, size, x, y);
      case GELU -> () -> engine.kernels().elementwise().unary(UnaryFunction.GELU, size, x, y);
      // The derivative of GELU is made from x alone; what stands in y does not matter.
      case GELU_BACKWARD -> () -> engine.kernels().elementwise().unaryBackward(UnaryFunction.GELU, size, x, x, dY, y);
    }, result);
  }
}
