package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.List;
import java.util.stream.IntStream;

/// Scales all gradients together so that their common norm stays at or under a limit
/// (Pascanu et al. 2013, <https://arxiv.org/abs/1211.5063>).
///
/// The norm is found and used where the gradients are; nothing is read back.
public final class GradientClipping implements AutoCloseable {
  private static final int[] ONE = {1};
  private static final int[] ITSELF = {1};
  private static final int[] REPEATED = {0};
  private static final boolean[] ALL = {true};

  private final Engine engine;
  private final List<Parameter> parameters;
  private final int[] count; // of parameters
  private final int[][] sizes; // of each one
  private final Tensor squares; // [parameters], the sum of squares of each gradient
  private final Storage[] square; // one number of it
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
    this.count = squares.shape().dims();
    this.sizes = parameters.stream().map(parameter -> new int[] {parameter.tensor().size()}).toArray(int[][]::new);
    this.square = IntStream.range(0, parameters.size()).mapToObj(i -> squares.storage().window(i, 1)).toArray(Storage[]::new);
    this.limit = engine.full(Shape.of(1), limit);
    this.norm = engine.full(Shape.of(1), 0);
    this.factor = engine.full(Shape.of(1), 0);
  }

  /// Clips in place.
  public void clip(Gradients gradients) {
    findNorm(gradients);
    findFactor();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor gradient = gradients.of(parameters.get(i).tensor());
      if (gradient != null) scale(sizes[i], gradient.storage());
    }
  }

  /// The common norm before the last clipping, one element; the next one overwrites it.
  public Tensor norm() {
    return norm;
  }

  /// norm = √Σ gradient²
  private void findNorm(Gradients gradients) {
    engine.kernels().transfer().fill(squares.storage(), 0);
    for (int i = 0; i < parameters.size(); i++) {
      Tensor gradient = gradients.of(parameters.get(i).tensor());
      if (gradient != null) engine.kernels().reduction().sumOfSquares(gradient.size(), gradient.storage(), square[i]);
    }
    engine.kernels().reduction().sum(count, ALL, 1, squares.storage(), norm.storage());
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

  private void scale(int[] size, Storage gradient) {
    engine.kernels().elementwise().binary(BinaryFunction.MULTIPLY, size, gradient, ITSELF, factor.storage(), REPEATED, gradient);
  }

  @Override
  public void close() {
    for (Tensor tensor : List.of(squares, limit, norm, factor)) tensor.storage().close();
  }
}
