package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.OptimizerKernels;
import dev.anyrate.engine.memory.Storage;

/// Parameter updates: `optimizer.cl`. What is the same for all parameters is computed here, in double.
final class OpenClOptimizer implements OptimizerKernels {
  private final CommandQueue queue;

  OpenClOptimizer(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void adam(int size, AdamConstants constants, float learningRate, int step, Storage parameter, Storage gradient,
      Storage firstMoment, Storage secondMoment) {
    double beta1 = constants.beta1();
    double beta2 = constants.beta2();
    double correction1 = 1 - Math.pow(beta1, step);
    double correction2 = 1 - Math.pow(beta2, step);
    queue.launch(Family.OPTIMIZER, "adam").with(size).with(constants.beta1()).with((float) (1 - beta1)).with(constants.beta2())
        .with((float) (1 - beta2)).with(constants.epsilon()).with(constants.coupledDecay())
        .with((float) (1 - (double) learningRate * constants.decoupledDecay())).with((float) (learningRate / correction1))
        .with((float) (1 / Math.sqrt(correction2))).with(parameter).with(gradient).with(firstMoment).with(secondMoment)
        .overItems(size);
  }

  @Override
  public void sgd(int size, float learningRate, float momentum, boolean nesterov, float decay, boolean first, Storage parameter,
      Storage gradient, Storage velocity) {
    queue.launch(Family.OPTIMIZER, "sgd").with(size).with(learningRate).with(momentum).with(nesterov).with(decay).with(first)
        .with(parameter).with(gradient).with(velocity).overItems(size);
  }
}
