package dev.anyrate.engine;

import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.BackendReport;
import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open backend with its threads and memory. The only place where numbers pass between the caller's arrays and tensors.
///
/// An engine is used by one thread at a time; its kernels run on as many as [EngineOptions#threads()] says. Threads that share one take turns by [#inTurn].
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final AtomicReference<String> LAST_SAID = new AtomicReference<>();

  private final Workers workers;
  private final Kernels kernels;
  private final BackendReport report;
  private final ReentrantLock turn = new ReentrantLock();

  Engine(Workers workers, Kernels kernels, BackendReport report) {
    this.workers = workers;
    this.kernels = kernels;
    this.report = report;
  }

  /// Opens the default backend on all processors.
  public static Engine open() {
    return open(EngineOptions.defaults());
  }

  /// Opens a backend, and says in one line which one and why.
  ///
  /// @throws dev.anyrate.engine.kernel.BackendUnavailable if a backend was named and cannot be used
  public static Engine open(EngineOptions options) {
    Backends.Choice choice = Backends.choose(options.backend());
    String line = choice.report().line();
    if (!line.equals(LAST_SAID.getAndSet(line))) LOG.info("{}", line); // once, not for every engine of a program
    var workers = new Workers(options.threads());
    try {
      return new Engine(workers, choice.provider().open(workers, options.memory()), choice.report());
    } catch (RuntimeException | Error failure) {
      workers.close(); // its threads would wait for work as long as the program runs
      throw failure;
    }
  }

  /// Opens a tape for one training step.
  public Tape tape() {
    return new Tape(kernels, true);
  }

  /// Opens a tape that finds gradients while layers behave as in evaluation, for training a head on a frozen encoder.
  public Tape evaluationTape() {
    return new Tape(kernels, false);
  }

  /// Opens an execution without gradients.
  public Inference inference() {
    return new Inference(kernels);
  }

  /// Memory for the results and gradients of recorded steps; programs may share one, if only one of them runs at a time.
  public StepMemory stepMemory() {
    return new StepMemory(kernels.memory());
  }

  /// Opens a recording of a training step, to be run for many batches of one shape.
  ///
  /// @param memory from [#stepMemory()]; must stay open as long as the program is used
  public Recording recording(StepMemory memory) {
    return recording(memory, Precision.FLOAT32);
  }

  /// As [#recording(StepMemory)].
  ///
  /// @param precision of the activations that are kept for the backward pass
  public Recording recording(StepMemory memory, Precision precision) {
    return new Recording(kernels, memory, true, precision);
  }

  /// Runs work on this engine while that of other threads waits. Kernels keep the operands of a call in fields, so two calls at a time would mix their numbers.
  ///
  /// Everything that several threads do with one engine belongs in here; encoding by a model is, and may stand inside of other work.
  public <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /// Runs `part.accept(0) … part.accept(parts - 1)` on the threads of this engine, in any order, and returns when all are done. For work on arrays that is not made of
  /// operations.
  ///
  /// Cut by the size of the work alone, into parts that write to different places, it has the same result for any number of threads.
  public void parallel(int parts, IntConsumer part) {
    workers.run(parts, part::accept);
  }

  /// A tensor that lives until its storage is closed.
  ///
  /// @param values copied; as many as the shape has elements
  public Tensor tensor(Shape shape, float... values) {
    ShapeMismatch.check(values.length == shape.size(), "tensor", "give as many values as the shape has elements", "shape", shape,
        "number of values", values.length);
    Tensor tensor = Tensor.allocate(kernels.memory(), shape);
    kernels.transfer().upload(values, 0, tensor.storage());
    return tensor;
  }

  /// A tensor with one value everywhere that lives until its storage is closed.
  public Tensor full(Shape shape, float value) {
    Tensor tensor = Tensor.allocate(kernels.memory(), shape);
    kernels.transfer().fill(tensor.storage(), value);
    return tensor;
  }

  /// A copy of a tensor's numbers.
  public float[] toHost(Tensor tensor) {
    float[] values = new float[tensor.size()];
    kernels.transfer().download(tensor.storage(), values, 0);
    return values;
  }

  /// Overwrites a tensor's numbers.
  ///
  /// @param values as many as the tensor has elements
  public void write(Tensor tensor, float[] values) {
    ShapeMismatch.check(values.length == tensor.size(), "write", "give as many values as the tensor has elements", "tensor",
        tensor,
        "number of values", values.length);
    kernels.transfer().upload(values, 0, tensor.storage());
  }

  /// The kernels of the backend, for optimisers and for those who write their own operations.
  public Kernels kernels() {
    return kernels;
  }

  /// Which backend is active, and why.
  public BackendReport report() {
    return report;
  }

  /// Gives back memory and threads. Do not use tensors of this engine from then on.
  @Override
  public void close() {
    try {
      kernels.close();
    } finally {
      workers.close(); // its threads would wait for work as long as the program runs
    }
  }
}
