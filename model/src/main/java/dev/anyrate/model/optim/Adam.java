package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Adam (Kingma and Ba 2015, <https://arxiv.org/abs/1412.6980>) and AdamW (Loshchilov and Hutter 2019,
/// <https://arxiv.org/abs/1711.05101>), step by step as PyTorch makes them; but one count of steps corrects the moments of all parameters, also of one that was
/// frozen for some of them, where PyTorch counts for each by itself.
public final class Adam implements Optimizer {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /// A parameter, how it is updated, and its two moments.
  private record Slot(Parameter parameter, AdamConstants constants, Tensor firstMoment, Tensor secondMoment) {}

  private final Engine engine;
  private final List<Slot> slots;
  private float learningRate;
  private int steps;

  private Adam(Engine engine, List<Parameter> parameters, float learningRate, Function<Parameter, AdamConstants> constants) {
    this.engine = engine;
    this.slots = parameters.stream().map(parameter -> new Slot(parameter, constants.apply(parameter),
        engine.full(parameter.tensor().shape(), 0), engine.full(parameter.tensor().shape(), 0))).toList();
    setLearningRate(learningRate);
  }

  /// Adam without weight decay.
  public static Adam adam(Engine engine, List<Parameter> parameters, float learningRate) {
    return adam(engine, parameters, learningRate, 0);
  }

  /// Adam with weight decay as part of the gradient (L2).
  public static Adam adam(Engine engine, List<Parameter> parameters, float learningRate, float weightDecay) {
    var constants = new AdamConstants(BETA_1, BETA_2, EPSILON, OptimizerChecks.decay(weightDecay), 0);
    return new Adam(engine, parameters, learningRate, _ -> constants);
  }

  /// AdamW: weight decay apart from the gradient.
  public static Adam adamW(Engine engine, List<Parameter> parameters, float learningRate, float weightDecay) {
    var constants = new AdamConstants(BETA_1, BETA_2, EPSILON, 0, OptimizerChecks.decay(weightDecay));
    return new Adam(engine, parameters, learningRate, _ -> constants);
  }

  /// AdamW whose decay spares biases and the scale and shift of normalisations: all parameters with one axis. A decay keeps a function
  /// from growing steep, which these do not make it; pulled to 0, a scale would only switch its channel off.
  public static Adam adamWSparingVectors(Engine engine, List<Parameter> parameters, float learningRate, float weightDecay) {
    var decaying = new AdamConstants(BETA_1, BETA_2, EPSILON, 0, OptimizerChecks.decay(weightDecay));
    var spared = new AdamConstants(BETA_1, BETA_2, EPSILON, 0, 0);
    return new Adam(engine, parameters, learningRate, parameter -> parameter.tensor().shape().rank() > 1 ? decaying : spared);
  }

  @Override
  public void step(Gradients gradients) {
    steps++;
    for (Slot slot : slots) {
      Tensor parameter = slot.parameter.tensor();
      Tensor gradient = gradients.of(parameter);
      if (gradient == null) continue;
      engine.kernels().optimizer().adam(parameter.size(), slot.constants, learningRate, steps, parameter.storage(),
          gradient.storage(),
          slot.firstMoment.storage(), slot.secondMoment.storage());
    }
  }

  @Override
  public void setLearningRate(float learningRate) {
    this.learningRate = OptimizerChecks.learningRate(learningRate);
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public Map<String, Tensor> state() {
    var state = new LinkedHashMap<String, Tensor>();
    for (Slot slot : slots) {
      state.put("adam.first_moment." + slot.parameter.name(), slot.firstMoment);
      state.put("adam.second_moment." + slot.parameter.name(), slot.secondMoment);
    }
    return state;
  }

  @Override
  public void resumeAt(int steps) {
    this.steps = steps;
  }

  @Override
  public void close() {
    state().values().forEach(tensor -> tensor.storage().close());
  }
}
