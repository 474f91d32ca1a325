package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDManager;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.kernel.ConvolutionBenchmark.Layer;
import dev.anyrate.bench.peers.Calls;
import dev.anyrate.bench.peers.Workload;
import dev.anyrate.bench.step.TrainedPreset;

/// The calls on DJL's PyTorch engine.
public final class LibtorchCalls implements Calls {
  private static final int BATCH = 256;

  @Override
  public Call prepare(Workload workload) {
    NDManager root = NDManager.newBaseManager();
    return switch (workload) {
      case MATMUL_64 -> LibtorchMatmul.prepare(root, 64);
      case MATMUL_512 -> LibtorchMatmul.prepare(root, 512);
      case MATMUL_1024 -> LibtorchMatmul.prepare(root, 1024);
      case CONVOLUTION_FORWARD -> LibtorchConvolution.forward(root, Layer.BLOCK_3_TAPS.geometry(BATCH));
      case CONVOLUTION -> LibtorchConvolution.forwardAndBackward(root, Layer.BLOCK_3_TAPS.geometry(BATCH), true);
      case STEM -> LibtorchConvolution.forwardAndBackward(root, Layer.STEM_1_CHANNEL.geometry(BATCH), false);
      case NT_XENT -> LibtorchNtXent.prepare(root, 1024, 64, 0.5f);
      case REFERENCE_STEP -> LibtorchTrainingStep.prepare(root, TrainedPreset.REFERENCE);
      case INVARIANT_STEP -> LibtorchTrainingStep.prepare(root, TrainedPreset.INVARIANT);
      case ENCODING_256 -> LibtorchEncoding.prepare(root, TrainedPreset.REFERENCE, BATCH);
      case ENCODING_1 -> LibtorchEncoding.prepare(root, TrainedPreset.REFERENCE, 1);
      case TRANSFORMER_ENCODING -> LibtorchEncoding.prepare(root, TrainedPreset.TRANSFORMER, BATCH);
      case TRANSFORMER_STEP -> LibtorchTrainingStep.prepare(root, TrainedPreset.TRANSFORMER);
      case ATTENTION -> LibtorchAttention.prepare(root, 4, 1024, 4, 32);
    };
  }
}
