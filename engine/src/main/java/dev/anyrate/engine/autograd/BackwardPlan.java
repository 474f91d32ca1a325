package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A backward pass while it is planned: takes from each [Step] which memory the shares of its inputs' gradients need, and which functions compute them.
///
/// The functions run later in the order in which they were given, once on a [Tape] and as often as wanted in a [Program]. Made new for every pass, so nothing has to be zeroed
/// and no NaN survives. The memory of an intermediate gradient is free as soon as its step has used it. A tensor that is used more than once gets the sum: kernels always
/// overwrite, and the addition is made here, in one place.
public final class BackwardPlan {
  private record Share(Tensor input, Tensor share) {}

  private final Predicate<Tensor> tracked;
  private final Kernels kernels;
  private final Schedule schedule;
  private final Map<Tensor, Tensor> gradients = new IdentityHashMap<>(); // found, and not yet pulled further back
  private final List<Share> shares = new ArrayList<>(); // of the step that is being planned
  private final List<Tensor> temporaries = new ArrayList<>(); // likewise
  private Collection<Storage> reads = List.of(); // by its functions
  private boolean handedOver; // whether the gradient of its result is a share

  /// @param tracked whether a tensor's gradient is asked for
  BackwardPlan(Predicate<Tensor> tracked, Kernels kernels, Schedule schedule) {
    this.tracked = tracked;
    this.kernels = kernels;
    this.schedule = schedule;
  }

  /// Whether anyone asks for the gradient of this tensor.
  public boolean wants(Tensor input) {
    return tracked.test(input);
  }

  /// Memory for a share of the gradient of an input. What [#compute] leaves there is added to the gradient; where nobody asks for that, it is work memory.
  ///
  /// @param input of a step
  /// @return of the input's shape, to be overwritten
  public Tensor share(Tensor input) {
    if (!wants(input)) return temporary(input.shape());
    Tensor share = allocate(input.shape());
    shares.add(new Share(input, share));
    return share;
  }

  /// Work memory for a step's backward, given back when all its functions have run.
  public Tensor temporary(Shape shape) {
    Tensor temporary = allocate(shape);
    temporaries.add(temporary);
    return temporary;
  }

  private Tensor allocate(Shape shape) {
    schedule.bringBack(reads); // first: what an activation was packed in makes room then
    return Tensor.allocate(schedule, shape);
  }

  /// Says which activations are read by the functions that the step gives from now on, up to the next call. Without it these are all its inputs and its result; what is not read
  /// makes room for something else.
  ///
  /// @param tensors inputs of the step, or its result; those of less than three axes need not be named
  public void reads(Tensor... tensors) {
    Set<Storage> storages = new LinkedHashSet<>();
    for (Tensor tensor : tensors) storages.add(tensor.storage());
    reads = storages;
    schedule.beginReading();
  }

  /// Has `function` run when the pass has come so far, after those that were given before.
  public void compute(Runnable function) {
    schedule.add(function, reads);
  }

  /// Adds a share to the gradient of an input, if anyone asks for it.
  ///
  /// @param input of a step
  /// @param write overwrites the tensor that it is given, of the input's shape, with the share
  public void add(Tensor input, Consumer<Tensor> write) {
    if (!wants(input)) return;
    Tensor share = share(input);
    compute(() -> write.accept(share));
  }

  /// Makes the gradient of the step's result the share of an input, as it is or as the step's functions overwrite it: no other memory is needed. At most once in a step.
  ///
  /// @param input   of as many elements as the result
  /// @param dOutput that [Step#backward] was given
  /// @throws IllegalStateException if it was handed over before, to an input whose gradient is asked for too
  public void handOver(Tensor input, Tensor dOutput) {
    schedule.requirePlanning("a gradient was handed over");
    if (!wants(input)) return;
    if (handedOver) {
      throw new IllegalStateException("backward: the gradient of a result was handed over twice in a step, and two gradients"
          + " cannot lie in the same place; give one of them a copy by BackwardPlan.add");
    }
    shares.add(new Share(input, Tensor.of(input.shape(), dOutput.storage())));
    handedOver = true;
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
    if (!wants(input)) return;
    int[] dims = shape.dims();
    int[] strides = input.shape().stridesIn(shape);
    boolean[] repeated = new boolean[dims.length];
    for (int axis = 0; axis < dims.length; axis++) repeated[axis] = strides[axis] == 0;
    Tensor full = temporary(shape);
    Tensor share = share(input);
    compute(() -> {
      write.accept(full);
      kernels.reduction().sum(dims, repeated, 1, full.storage(), share.storage());
    });
  }

  /// Where the pass begins.
  ///
  /// @param write overwrites the tensor that it is given with the gradient of `output`
  void begin(Tensor output, Consumer<Tensor> write) {
    add(output, write);
    sumShares();
  }

  /// The pass through one step; to be called in the reverse order of execution.
  ///
  /// @param mayRead what the step can read of the forward pass
  /// @return whether the pass leads through it: whether what it begins with depends on the step's result
  boolean passThrough(Step step, Collection<Storage> mayRead) {
    Tensor dOutput = take(step.output());
    if (dOutput == null) return false;
    schedule.beginReading();
    reads = mayRead;
    handedOver = false;
    step.backward(kernels, dOutput, this);
    sumShares();
    temporaries.forEach(temporary -> schedule.release(temporary.storage()));
    temporaries.clear();
    if (!handedOver) schedule.release(dOutput.storage());
    return true;
  }

  /// Removes and returns the gradient of a step's result.
  private Tensor take(Tensor output) {
    if (output.requiresGradient()) {
      throw new IllegalStateException("backward: " + output + " is a parameter and the result of a step at once");
    }
    return gradients.remove(output);
  }

  /// What is left when the pass has come to its end.
  Gradients gradients() {
    return new Gradients(gradients);
  }

  private void sumShares() {
    reads();
    for (Share each : shares) {
      Tensor share = each.share;
      Tensor sum = gradients.putIfAbsent(each.input, share);
      if (sum == null) continue;
      compute(() -> kernels.elementwise().addScaled(sum.size(), 1, share.storage(), sum.storage()));
      schedule.release(share.storage());
    }
    shares.clear();
  }
}
