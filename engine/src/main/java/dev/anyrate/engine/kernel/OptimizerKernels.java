package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Parameter updates, all in place.
public interface OptimizerKernels {
  /// One step of Adam (Kingma and Ba 2015, <https://arxiv.org/abs/1412.6980>) in PyTorch's order of operations. With g = gradient + coupledDecay·p:
  ///
  /// `p *= 1 − learningRate·decoupledDecay; m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²;`
  /// `p −= learningRate/correction₁ · m / (√v/√correction₂ + epsilon)`, correction_i = 1 − β_i^step
  ///
  /// @param step         of this update, from 1
  /// @param parameter    Updated.
  /// @param gradient     Read.
  /// @param firstMoment  Updated; m.
  /// @param secondMoment Updated; v.
  void adam(int size, AdamConstants constants, float learningRate, int step, Storage parameter, Storage gradient,
      Storage firstMoment,
      Storage secondMoment);

  /// One step of stochastic gradient descent as PyTorch defines it. With g = gradient + decay·p and v = momentum·v + g (v = g on the first step):
  ///
  /// `p −= learningRate·(nesterov ? g + momentum·v : v)`
  ///
  /// @param first     whether this is the first step
  /// @param parameter Updated.
  /// @param gradient  Read.
  /// @param velocity  Updated; v.
  void sgd(int size, float learningRate, float momentum, boolean nesterov, float decay, boolean first, Storage parameter,
      Storage gradient, Storage velocity);
}
