package dev.anyrate.bench.peers.anyrate;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.kernel.AttentionBenchmark;
import dev.anyrate.bench.kernel.ConvolutionBenchmark.Layer;
import dev.anyrate.bench.kernel.ConvolutionBenchmark.Pass;
import dev.anyrate.bench.kernel.ConvolutionBenchmark;
import dev.anyrate.bench.kernel.MatmulBenchmark;
import dev.anyrate.bench.kernel.NtXentBenchmark;
import dev.anyrate.bench.peers.Calls;
import dev.anyrate.bench.peers.Workload;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;

/// The calls on one backend and one thread.
///
/// @param backend as `--backend` takes it
public record AnyrateCalls(String backend) implements Calls {
  private static final int BATCH = 256;

  @Override
  public Call prepare(Workload workload) {
    Engine engine = Engine.open(EngineOptions.defaults().withBackend(backend).withThreads(1));
    return switch (workload) {
      case MATMUL_64 -> square(engine, 64);
      case MATMUL_512 -> square(engine, 512);
      case MATMUL_1024 -> square(engine, 1024);
      case CONVOLUTION_FORWARD -> ConvolutionBenchmark.convolve(engine, Layer.BLOCK_3_TAPS.geometry(BATCH), Pass.FORWARD);
      case CONVOLUTION -> AnyrateConvolution.prepare(engine, Layer.BLOCK_3_TAPS.geometry(BATCH), true);
      case STEM -> AnyrateConvolution.prepare(engine, Layer.STEM_1_CHANNEL.geometry(BATCH), false);
      case NT_XENT -> NtXentBenchmark.lossAndGradient(engine, 1024, 64, 0.5f);
      case REFERENCE_STEP -> AnyrateTrainingStep.prepare(engine, TrainedPreset.REFERENCE);
      case INVARIANT_STEP -> AnyrateTrainingStep.prepare(engine, TrainedPreset.INVARIANT);
      case ENCODING_256 -> AnyrateEncoding.prepare(engine, TrainedPreset.REFERENCE, BATCH);
      case ENCODING_1 -> AnyrateEncoding.prepare(engine, TrainedPreset.REFERENCE, 1);
      case TRANSFORMER_STEP -> AnyrateTrainingStep.prepare(engine, TrainedPreset.TRANSFORMER);
      case TRANSFORMER_ENCODING -> AnyrateEncoding.prepare(engine, TrainedPreset.TRANSFORMER, BATCH);
      case ATTENTION -> AttentionBenchmark.forwardAndBackward(engine, 4, 1024, 4, 32);
    };
  }

  private static Call square(Engine engine, int size) {
    return MatmulBenchmark.multiply(engine, false, false, size, size, size);
  }
}
