package dev.anyrate.model.optim;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Map;

/// Updates parameters from gradients. Parameters that are frozen, or that the loss does not depend on, are left as they are.
public interface Optimizer extends AutoCloseable {
  /// Updates every parameter that has a gradient.
  void step(Gradients gradients);

  /// The learning rate of the next step.
  void setLearningRate(float learningRate);

  /// Steps made so far.
  int steps();

  /// What the optimiser remembers between steps, by name; a checkpoint keeps it.
  Map<String, Tensor> state();

  /// Continues after `steps` steps, once the content of [#state()] was restored.
  void resumeAt(int steps);

  /// Gives back the storage of the state.
  @Override
  void close();
}
