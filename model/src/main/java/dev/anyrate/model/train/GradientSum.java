package dev.anyrate.model.train;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gradients of parameters, added up over several backward passes.
///
/// The sums are taken in the order of the passes, so they are the same bits each time.
///
/// @param sums by parameter
record GradientSum(Kernels kernels, Map<Tensor, Tensor> sums) {
  /// Sums for those parameters that are not frozen, with arbitrary content.
  ///
  /// @param memory that the sums live in
  static GradientSum of(Kernels kernels, Memory memory, List<Parameter> parameters) {
    Map<Tensor, Tensor> sums = new LinkedHashMap<>(); // a tensor is equal to itself only
    for (Parameter parameter : parameters) {
      if (!parameter.frozen()) sums.put(parameter.tensor(), Tensor.allocate(memory, parameter.tensor().shape()));
    }
    return new GradientSum(kernels, sums);
  }

  /// Sets all sums to 0.
  void clear() {
    sums.values().forEach(sum -> kernels.transfer().fill(sum.storage(), 0));
  }

  /// Adds `factor` times the gradients of a pass.
  void add(Gradients gradients, float factor) {
    sums.forEach((parameter, sum) -> {
      Tensor gradient = gradients.of(parameter);
      if (gradient != null) kernels.elementwise().addScaled(sum.size(), factor, gradient.storage(), sum.storage());
    });
  }

  /// Hands the sums on as the gradients of a step.
  ///
  /// @param dOutput one element, that they are multiplied by
  void into(BackwardPlan plan, Tensor dOutput) {
    sums.forEach((parameter, sum) -> plan.add(parameter, share -> kernels.elementwise().binary(BinaryFunction.MULTIPLY,
        new int[] {sum.size()}, sum.storage(), new int[] {1}, dOutput.storage(), new int[] {0}, share.storage())));
  }
}
