package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One planned operation: where its result goes, how to compute it, and how to pull a gradient back through it. Its fields are exactly what
/// is kept for the backward pass. It may run more than once, each time from the present content of its inputs.
public interface Step {
  /// The result; its numbers are valid after [#forward].
  Tensor output();

  /// Results on the way to it that the backward pass reads: they are kept as [#output()] is, see [Precision].
  default List<Tensor> inner() {
    return List.of();
  }

  /// Computes the result.
  void forward(Kernels kernels);

  /// How to compute the result once more from the inputs, or from [#inner()] where there is any, without any other effect, where that costs hardly more than keeping it: [Precision#BF16] does not keep such a result.
  default Optional<Consumer<Kernels>> remake() {
    return Optional.empty();
  }

  /// Plans this step's shares of the gradients of its inputs. Computes nothing: the functions that it gives are run later, in their order, and may be run again.
  ///
  /// @param dOutput gradient of the loss with respect to [#output()]
  /// @param plan    takes the shares: `plan.add(x, dX -> …)` for each input, with a function that *overwrites* dX
  void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan);
}
