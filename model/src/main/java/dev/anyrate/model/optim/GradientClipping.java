package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.ArrayList;
import java.util.List;

/// Scales all gradients together so that their common norm stays at or under a limit
/// (Pascanu et al. 2013, <https://arxiv.org/abs/1211.5063>).
///
/// The norm is found and used where the gradients are; only it is read back, as one number.
public final class GradientClipping implements AutoCloseable {
  private static final int[] ONE = {1};
  private static final int[] ITSELF = {1};
  private static final int[] REPEATED = {0};

  private final Engine engine;
  private final List<Parameter> parameters;
  private final Tensor squares; // [parameters], the sum of squares of each gradient
  private final Tensor limit; // [1]
  private final Tensor norm; // [1]
  private final Tensor factor; // [1]

  /// @param limit above 0
  public GradientClipping(Engine engine, List<Parameter> parameters, float limit) {
    if (!(limit > 0))
      throw new IllegalArgumentException("gradient clipping: limit is " + limit + "; give a number above 0, such as 5");
    this.engine = engine;
    this.parameters = List.copyOf(parameters);
    this.squares = engine.full(Shape.of(Math.max(1, parameters.size())), 0);
    this.limit = engine.full(Shape.of(1), limit);
    this.norm = engine.full(Shape.of(1), 0);
    this.factor = engine.full(Shape.of(1), 0);
  }

  /// Clips in place.
  ///
  /// @return the norm before clipping
  public double clip(Gradients gradients) {
    List<Tensor> present = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Tensor gradient = gradients.of(parameter.tensor());
      if (gradient != null) present.add(gradient);
    }
    findNorm(present);
    findFactor();
    for (Tensor gradient : present) scale(gradient);
    return engine.toHost(norm)[0];
  }

  /// norm = √Σ gradient²
  private void findNorm(List<Tensor> present) {
    engine.kernels().transfer().fill(squares.storage(), 0);
    for (int i = 0; i < present.size(); i++) {
      Storage square = squares.storage().window(i, 1);
      engine.kernels().reduction().sumOfSquares(present.get(i).size(), present.get(i).storage(), square);
    }
    engine.kernels().reduction().sum(squares.shape().dims(), new boolean[] {true}, 1, squares.storage(), norm.storage());
    engine.kernels().elementwise().unary(UnaryFunction.SQRT, 1, norm.storage(), norm.storage());
  }

  /// factor = limit/max(norm, limit), with max(norm, limit) = limit + max(norm − limit, 0): exactly 1 where nothing is to be clipped, NaN where the norm is.
  private void findFactor() {
    binary(BinaryFunction.SUBTRACT, norm, limit, factor);
    engine.kernels().elementwise().unary(UnaryFunction.RELU, 1, factor.storage(), factor.storage());
    binary(BinaryFunction.ADD, limit, factor, factor);
    binary(BinaryFunction.DIVIDE, limit, factor, factor);
  }

  private void binary(BinaryFunction function, Tensor a, Tensor b, Tensor y) {
    engine.kernels().elementwise().binary(function, ONE, a.storage(), ITSELF, b.storage(), ITSELF, y.storage());
  }

  private void scale(Tensor gradient) {
    ElementwiseKernels elementwise = engine.kernels().elementwise();
    elementwise.binary(BinaryFunction.MULTIPLY, new int[] {gradient.size()}, gradient.storage(), ITSELF, factor.storage(),
        REPEATED, gradient.storage());
  }

  @Override
  public void close() {
    for (Tensor tensor : List.of(squares, limit, norm, factor)) tensor.storage().close();
  }
}
