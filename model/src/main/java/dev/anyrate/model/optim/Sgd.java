package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stochastic gradient descent with momentum, plain or Nesterov's, as PyTorch defines it.
public final class Sgd implements Optimizer {
  /// A parameter and its velocity.
  private record Slot(Parameter parameter, Tensor velocity) {}

  private final Engine engine;
  private final float momentum;
  private final boolean nesterov;
  private final float weightDecay;
  private final List<Slot> slots;
  private float learningRate;
  private int steps;

  /// @param momentum    share of the velocity that is kept, in [0, 1)
  /// @param nesterov    whether to look ahead along the velocity
  /// @param weightDecay as part of the gradient
  public Sgd(Engine engine, List<Parameter> parameters, float learningRate, float momentum, boolean nesterov, float weightDecay) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum: " + momentum + "; give a number from 0 up to, not including, 1");
    }
    this.engine = engine;
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.weightDecay = OptimizerChecks.decay(weightDecay);
    this.slots = parameters.stream().map(parameter -> new Slot(parameter, engine.full(parameter.tensor().shape(), 0))).toList();
    this.learningRate = OptimizerChecks.learningRate(learningRate);
  }

  @Override
  public void step(Gradients gradients) {
    for (Slot slot : slots) {
      Tensor parameter = slot.parameter.tensor();
      Tensor gradient = gradients.of(parameter);
      if (gradient == null) continue;
      engine.kernels().optimizer().sgd(parameter.size(), learningRate, momentum, nesterov, weightDecay, steps == 0,
          parameter.storage(),
          gradient.storage(), slot.velocity.storage());
    }
    steps++;
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
    for (Slot slot : slots) state.put("sgd.velocity." + slot.parameter.name(), slot.velocity);
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
