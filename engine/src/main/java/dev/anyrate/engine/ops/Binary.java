package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/// Arithmetic of two operands with broadcasting: `y = a + b`, `a − b`, `a·b` or `a/b`.
///
/// - `a`, `b` any shapes that broadcast: aligned at the innermost axis, each pair of dimensions equal or one of them 1
/// - result   the larger dimension of each pair
///
/// Backward keeps the operands of a product, and of a quotient the divisor and the result. A gradient is summed over the axes
/// along which its operand was repeated. Cost 1 FLOP an element of the result.
///
/// @see <a href="https://numpy.org/doc/stable/user/basics.broadcasting.html">Broadcasting in NumPy</a>
public record Binary(BinaryFunction function, Tensor a, Tensor b) implements Op {
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if the shapes do not broadcast
  public Binary {
    resultShape(function, a, b); // the shape rule
  }

  private static Shape resultShape(BinaryFunction function, Tensor a, Tensor b) {
    return Shape.broadcast(function.name().toLowerCase(Locale.ROOT), a.shape(), b.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, resultShape(function, a, b)));
  }

  private record Planned(Binary op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      apply(kernels, op.function, op.a, op.b, output);
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      Shape shape = output.shape();
      switch (op.function) {
        case ADD -> {
          plan.reads();
          plan.addBroadcast(op.a, shape, dA -> kernels.transfer().copy(dOutput.storage(), dA.storage()));
          if (op.b.shape().equals(shape)) {
            plan.handOver(op.b, dOutput);
          } else {
            plan.addBroadcast(op.b, shape, dB -> kernels.transfer().copy(dOutput.storage(), dB.storage()));
          }
        }
        case SUBTRACT -> {
          plan.reads();
          plan.addBroadcast(op.a, shape, dA -> kernels.transfer().copy(dOutput.storage(), dA.storage()));
          plan.addBroadcast(op.b, shape, dB -> negate(kernels, dOutput, dB));
        }
        case MULTIPLY -> {
          plan.reads(op.b);
          plan.addBroadcast(op.a, shape, dA -> apply(kernels, BinaryFunction.MULTIPLY, dOutput, op.b, dA));
          plan.reads(op.a);
          plan.addBroadcast(op.b, shape, dB -> apply(kernels, BinaryFunction.MULTIPLY, dOutput, op.a, dB));
        }
        case DIVIDE -> {
          plan.reads(op.b);
          plan.addBroadcast(op.a, shape, dA -> apply(kernels, BinaryFunction.DIVIDE, dOutput, op.b, dA));
          plan.reads(op.b, output);
          plan.addBroadcast(op.b, shape, dB -> { // y = a/b, so dY/dB = −a/b² = −y/b
            apply(kernels, BinaryFunction.MULTIPLY, dOutput, output, dB);
            apply(kernels, BinaryFunction.DIVIDE, dB, op.b, dB);
            negate(kernels, dB, dB);
          });
        }
      }
    }

    private static void apply(Kernels kernels, BinaryFunction function, Tensor a, Tensor b, Tensor y) {
      Shape shape = y.shape();
      kernels.elementwise().binary(function, shape.dims(), a.storage(), a.shape().stridesIn(shape), b.storage(),
          b.shape().stridesIn(shape), y.storage());
    }

    private static void negate(Kernels kernels, Tensor x, Tensor y) {
      kernels.elementwise().scale(x.size(), -1, x.storage(), y.storage());
    }
  }
}
