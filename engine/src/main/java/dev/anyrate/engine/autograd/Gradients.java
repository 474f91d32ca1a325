package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The result of one backward pass: a gradient for each tensor that requires one.
///
/// Made new for every pass, so nothing has to be zeroed and no NaN survives. Gradients of intermediate results are given back as soon as their step
/// has used them. A tensor that is used more than once gets the sum: kernels always overwrite, and the addition is made here, in one place.
public final class Gradients {
  private final Tape tape;
  private final Kernels kernels;
  private final Memory memory;
  private final Map<Tensor, Tensor> gradients = new IdentityHashMap<>();

  Gradients(Tape tape, Kernels kernels, Memory memory) {
    this.tape = tape;
    this.kernels = kernels;
    this.memory = memory;
  }

  /// The gradient of a parameter.
  ///
  /// @return of the parameter's shape, valid until the tape is closed; null if the loss does not depend on it, or it requires none
  public Tensor of(Tensor parameter) {
    return gradients.get(parameter);
  }

  /// Whether anyone asks for the gradient of this tensor.
  public boolean wants(Tensor input) {
    return tape.tracks(input);
  }

  /// Adds a share to the gradient of an input, if anyone asks for it.
  ///
  /// @param input of a step
  /// @param write overwrites the tensor that it is given, of the input's shape, with the share
  public void add(Tensor input, Consumer<Tensor> write) {
    if (!wants(input)) return;
    Tensor share = Tensor.allocate(memory, input.shape());
    write.accept(share);
    Tensor sum = gradients.putIfAbsent(input, share);
    if (sum == null) return;
    kernels.elementwise().addScaled(sum.size(), 1, share.storage(), sum.storage());
    share.storage().close();
  }

  /// As [#add], for an input that was repeated by broadcasting: the share is computed at the result's shape and summed over the repeated axes.
  ///
  /// @param shape of the result that the input was broadcast to
  /// @param write overwrites the tensor that it is given, of that shape
  public void addBroadcast(Tensor input, Shape shape, Consumer<Tensor> write) {
    if (input.shape().equals(shape)) {
      add(input, write);
      return;
    }
    add(input, dInput -> {
      Tensor full = Tensor.allocate(memory, shape);
      write.accept(full);
      int[] strides = input.shape().stridesIn(shape);
      boolean[] repeated = new boolean[shape.rank()];
      for (int axis = 0; axis < repeated.length; axis++) repeated[axis] = strides[axis] == 0;
      kernels.reduction().sum(shape.dims(), repeated, 1, full.storage(), dInput.storage());
      full.storage().close();
    });
  }

  /// Work memory for a step's backward, given back when `use` returns.
  public void withTemporary(Shape shape, Consumer<Tensor> use) {
    Tensor temporary = Tensor.allocate(memory, shape);
    use.accept(temporary);
    temporary.storage().close();
  }

  /// Removes and returns the gradient of a step's result; the caller gives its storage back.
  Tensor take(Tensor output) {
    if (output.requiresGradient()) {
      throw new IllegalStateException("backward: " + output + " is a parameter and the result of a step at once");
    }
    return gradients.remove(output);
  }
}
