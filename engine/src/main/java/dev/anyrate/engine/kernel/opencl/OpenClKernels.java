package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.AttentionKernels;
import dev.anyrate.engine.kernel.Bfloat16Kernels;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.kernel.DropoutKernels;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.kernel.OptimizerKernels;
import dev.anyrate.engine.kernel.PoolingKernels;
import dev.anyrate.engine.kernel.PositionKernels;
import dev.anyrate.engine.kernel.ReductionKernels;
import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.memory.MemoryPolicy;

/// The backend on one device, put together from its families.
record OpenClKernels(DeviceContext context, CommandQueue queue, DeviceMemory memory, OpenClTransfer transfer,
    ElementwiseKernels elementwise, ReductionKernels reduction, LayoutKernels layout, MatmulKernels matmul,
    ConvolutionKernels convolution, NormKernels norm, PoolingKernels pooling, SoftmaxKernels softmax,
    AttentionKernels attention, PositionKernels position, DropoutKernels dropout,
    SimilarityKernels similarity, Bfloat16Kernels bfloat16, LossKernels loss, OptimizerKernels optimizer) implements Kernels {

  /// Opens a queue on the device, with memory of its own.
  static OpenClKernels open(Device device, MemoryPolicy policy) {
    DeviceContext context = DeviceContext.share(device);
    CommandQueue queue = queueOf(context);
    var memory = new DeviceMemory(queue, policy);
    queue.drawOn(memory);
    var matmul = new OpenClMatmul(queue, memory);
    var similarity = new OpenClSimilarity(queue);
    return new OpenClKernels(context, queue, memory, new OpenClTransfer(queue), new OpenClElementwise(queue),
        new OpenClReduction(queue, memory), new OpenClLayout(queue), matmul, new OpenClConvolution(queue, memory),
        new OpenClNorm(queue, memory), new OpenClPooling(queue), new OpenClSoftmax(queue),
        new OpenClAttention(queue, memory, matmul), new OpenClPosition(queue),
        new OpenClDropout(queue), similarity, new OpenClBfloat16(queue),
        new OpenClLoss(queue, memory, matmul, similarity), new OpenClOptimizer(queue));
  }

  private static CommandQueue queueOf(DeviceContext context) {
    try {
      return new CommandQueue(context, Boolean.getBoolean(OpenClProvider.TIMES_PROPERTY));
    } catch (RuntimeException refused) {
      context.release();
      throw refused;
    }
  }

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public BytesMoved bytesMoved() {
    return transfer.moved();
  }

  @Override
  public KernelTimes kernelTimes() {
    return queue.times();
  }

  @Override
  public void await() {
    queue.await();
  }

  /// Releases buffers, kernels, queue, programs and context, in that order. A second call does nothing.
  @Override
  public void close() {
    if (queue.isClosed()) return;
    try {
      memory.close();
    } finally {
      closeQueue();
    }
  }

  private void closeQueue() {
    try {
      queue.close();
    } finally {
      context.release();
    }
  }
}
