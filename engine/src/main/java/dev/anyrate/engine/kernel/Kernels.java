package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Memory;

/// All that a backend can do, by family. Complete by construction: there is no kernel that a selected backend lacks.
///
/// A backend may take single families from another one, as `blas` does with [MatmulKernels].
public interface Kernels extends AutoCloseable {
  /// Name of the backend, as `--backend` takes it.
  String name();

  /// Hands out the storages that these kernels work on.
  Memory memory();

  /// Moves numbers between the caller's arrays and storages.
  TransferKernels transfer();

  /// Element by element, with broadcasting.
  ElementwiseKernels elementwise();

  /// Sums over axes, and back.
  ReductionKernels reduction();

  /// Copies that change the order of elements.
  LayoutKernels layout();

  /// Matrix products.
  MatmulKernels matmul();

  /// Linear maps of rows.
  default LinearKernels linear() {
    return new ComposedLinear(matmul(), elementwise(), reduction());
  }

  /// One-dimensional convolution.
  ConvolutionKernels convolution();

  /// Batch, layer and group normalisation.
  NormKernels norm();

  /// Statistics over the valid samples of a series.
  PoolingKernels pooling();

  /// Softmax and log-softmax over rows.
  SoftmaxKernels softmax();

  /// Attention between the samples of a series.
  AttentionKernels attention();

  /// Places in time.
  PositionKernels position();

  /// Random zeros.
  DropoutKernels dropout();

  /// Unit length and cosine of rows.
  SimilarityKernels similarity();

  /// Half the memory for numbers that are kept.
  Bfloat16Kernels bfloat16();

  /// Losses: one number from many.
  LossKernels loss();

  /// Parameter updates.
  OptimizerKernels optimizer();

  /// What has been copied to and from the backend's own memory so far; nothing on the heap.
  BytesMoved bytesMoved();

  /// How long a device has computed until the host last waited for it; nothing on the heap, or where nobody asked for the times.
  KernelTimes kernelTimes();

  /// Waits until all that was asked for is done. On the heap it is done when the call returns.
  void await();

  /// Gives back pooled memory and device handles. Storages that are still open must not be used from then on.
  @Override
  void close();
}
