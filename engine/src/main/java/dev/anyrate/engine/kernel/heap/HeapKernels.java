package dev.anyrate.engine.kernel.heap;

import dev.anyrate.engine.kernel.AttentionKernels;
import dev.anyrate.engine.kernel.Bfloat16Kernels;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.ComposedLinear;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.kernel.DropoutKernels;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.kernel.LinearKernels;
import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.kernel.OptimizerKernels;
import dev.anyrate.engine.kernel.PoolingKernels;
import dev.anyrate.engine.kernel.PositionKernels;
import dev.anyrate.engine.kernel.ReductionKernels;
import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.kernel.TransferKernels;
import dev.anyrate.engine.memory.HeapMemory;

/// A backend on the Java heap, put together from its families.
public record HeapKernels(String name, HeapMemory memory, TransferKernels transfer, ElementwiseKernels elementwise,
    ReductionKernels reduction, LayoutKernels layout, MatmulKernels matmul, LinearKernels linear, ConvolutionKernels convolution,
    NormKernels norm,
    PoolingKernels pooling, SoftmaxKernels softmax, AttentionKernels attention, PositionKernels position,
    DropoutKernels dropout, SimilarityKernels similarity, Bfloat16Kernels bfloat16, LossKernels loss,
    OptimizerKernels optimizer)
    implements
      Kernels {

  /// The same backend under another name and with other matrix products.
  public HeapKernels withMatmul(String newName, MatmulKernels replacement) {
    var composed = new ComposedLinear(replacement, elementwise, reduction);
    return new HeapKernels(newName, memory, transfer, elementwise, reduction, layout, replacement, composed, convolution, norm,
        pooling,
        softmax, attention, position, dropout, similarity, bfloat16, loss, optimizer);
  }

  @Override
  public BytesMoved bytesMoved() {
    return BytesMoved.NONE;
  }

  @Override
  public KernelTimes kernelTimes() {
    return KernelTimes.NONE;
  }

  @Override
  public void await() {}

  @Override
  public void close() {
    memory.trim();
  }
}
