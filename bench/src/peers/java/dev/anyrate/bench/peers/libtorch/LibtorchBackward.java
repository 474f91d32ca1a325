package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/// Gradients from that of a result. DJL's collector takes only results whose gradient is 1; a product and a sum that make such a one would be timed too, and for the stem
/// pass over more memory than the convolution does.
final class LibtorchBackward {
  private LibtorchBackward() {}

  /// @param dY gradient of `y`
  static void from(NDArray y, NDArray dY) {
    JniUtils.backward((PtNDArray) y, (PtNDArray) dY, false, false);
  }
}
