package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.tensor.Tensor;
import java.util.function.BiConsumer;

/// Gradients of two inputs that one kernel call computes together.
final class GradientPair {
  private GradientPair() {}

  /// Adds a share to the gradients of both inputs; the share of one that nobody asks for goes to work memory.
  ///
  /// @param write overwrites the two tensors that it is given; always called
  static void add(Gradients into, Tensor first, Tensor second, BiConsumer<Tensor, Tensor> write) {
    Tensor dFirst = into.share(first);
    Tensor dSecond = into.share(second);
    into.compute(() -> write.accept(dFirst, dSecond));
  }
}
