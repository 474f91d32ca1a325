package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.OptimizerKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Parameter updates, one parameter after the other.
public final class ScalarOptimizer implements OptimizerKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarOptimizer(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void adam(int size, AdamConstants constants, float learningRate, int step, Storage parameter, Storage gradient,
      Storage firstMoment, Storage secondMoment) {
    var ps = Floats.of(parameter);
    var gs = Floats.of(gradient);
    var ms = Floats.of(firstMoment);
    var vs = Floats.of(secondMoment);
    double beta1 = constants.beta1();
    double beta2 = constants.beta2();
    double correction1 = 1 - Math.pow(beta1, step);
    double correction2 = 1 - Math.pow(beta2, step);
    workers.runRanges(size, Grain.of(20), (from, to) -> {
      for (int i = from; i < to; i++) {
        double g = gs.at(i) + constants.coupledDecay() * ps.at(i);
        double p = ps.at(i) * (1 - (double) learningRate * constants.decoupledDecay());
        double m = beta1 * ms.at(i) + (1 - beta1) * g;
        double v = beta2 * vs.at(i) + (1 - beta2) * g * g;
        ps.set(i, p - learningRate / correction1 * m / (Math.sqrt(v) / Math.sqrt(correction2) + constants.epsilon()));
        ms.set(i, m);
        vs.set(i, v);
      }
    });
  }

  @Override
  public void sgd(int size, float learningRate, float momentum, boolean nesterov, float decay, boolean first, Storage parameter,
      Storage gradient, Storage velocity) {
    var ps = Floats.of(parameter);
    var gs = Floats.of(gradient);
    var vs = Floats.of(velocity);
    workers.runRanges(size, Grain.of(6), (from, to) -> {
      for (int i = from; i < to; i++) {
        double g = gs.at(i) + decay * ps.at(i);
        double v = first ? g : momentum * vs.at(i) + g; // what v holds before the first step is arbitrary
        ps.set(i, ps.at(i) - learningRate * (nesterov ? g + momentum * v : v));
        vs.set(i, v);
      }
    });
  }
}
