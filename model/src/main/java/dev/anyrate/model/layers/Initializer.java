package dev.anyrate.model.layers;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Makes the parameters of a model and names them by nested scopes.
///
/// Values depend on the seed and the parameter's full name alone, so adding a layer leaves the others as they were.
public final class Initializer {
  private final Engine engine;
  private final long seed;
  private final String prefix;
  private final ModelState state;

  private Initializer(Engine engine, long seed, String prefix, ModelState state) {
    this.engine = engine;
    this.seed = seed;
    this.prefix = prefix;
    this.state = state;
  }

  /// @param engine whose backend holds the parameters
  /// @param seed   of the random values
  public Initializer(Engine engine, long seed) {
    this(engine, seed, "", new ModelState());
  }

  /// An initializer for a part of the model: names begin with `name.`.
  public Initializer scope(String name) {
    return new Initializer(engine, seed, prefix + name + ".", state);
  }

  /// A parameter drawn from the uniform distribution on ±1/√fanIn: the default of PyTorch's linear and convolution layers
  /// (He et al. 2015 with a = √5, <https://arxiv.org/abs/1502.01852>).
  ///
  /// @param fanIn numbers that one output sums over
  public Parameter uniform(String name, Shape shape, int fanIn) {
    var random = new SplittableRandom(mix(seed, prefix + name));
    double bound = 1 / Math.sqrt(fanIn);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble(-bound, bound);
    return add(name, shape, values);
  }

  /// A parameter with one value everywhere.
  public Parameter constant(String name, Shape shape, float value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return add(name, shape, values);
  }

  /// A tensor that a checkpoint keeps and no gradient changes.
  public Tensor buffer(String name, Shape shape, float value) {
    Tensor tensor = engine.full(shape, value);
    state.addBuffer(prefix + name, tensor);
    return tensor;
  }

  /// A buffer that follows the weights while they are trained, such as a running mean: where weights are averaged, it is too.
  public Tensor statistic(String name, Shape shape, float value) {
    Tensor tensor = engine.full(shape, value);
    state.addStatistic(prefix + name, tensor);
    return tensor;
  }

  /// A seed that follows from the model's seed and the name of this scope alone, for what is drawn in training.
  public long seed() {
    return mix(seed, prefix);
  }

  /// All that was made by this initializer and its scopes.
  public ModelState state() {
    return state;
  }

  private Parameter add(String name, Shape shape, float[] values) {
    var parameter = new Parameter(prefix + name, engine.tensor(shape, values));
    state.add(parameter);
    return parameter;
  }

  /// A seed for each name: FNV-1a of the name (<http://www.isthe.com/chongo/tech/comp/fnv/>), which unlike `String.hashCode` spreads over 64 bits.
  private static long mix(long seed, String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    return hash ^ seed * 0x9e3779b97f4a7c15L;
  }
}
