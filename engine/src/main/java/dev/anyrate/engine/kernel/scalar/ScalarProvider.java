package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.ComposedLinear;
import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.heap.HeapKernels;
import dev.anyrate.engine.kernel.heap.HeapTransfer;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;

/// Opens the reference backend. It needs nothing, so it is what the automatic choice ends at.
public final class ScalarProvider implements KernelProvider {
  /// For `ServiceLoader`.
  public ScalarProvider() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability availability() {
    return new Available("plain Java loops in double precision, the slow reference");
  }

  @Override
  public HeapKernels open(Workers workers, MemoryPolicy policy) {
    var matmul = new ScalarMatmul(workers);
    var elementwise = new ScalarElementwise(workers);
    var reduction = new ScalarReduction(workers);
    return new HeapKernels(name(), new HeapMemory(policy), new HeapTransfer(), elementwise, reduction, new ScalarLayout(workers),
        matmul, new ComposedLinear(matmul, elementwise, reduction), new ScalarConvolution(workers),
        new ScalarNorm(workers), new ScalarPooling(workers), new ScalarSoftmax(workers), new ScalarAttention(workers),
        new ScalarPosition(workers), new ScalarDropout(workers),
        new ScalarSimilarity(workers), new ScalarBfloat16(workers),
        new ScalarLoss(workers), new ScalarOptimizer(workers));
  }
}
