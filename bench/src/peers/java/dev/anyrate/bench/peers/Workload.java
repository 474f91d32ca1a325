package dev.anyrate.bench.peers;

import dev.anyrate.bench.Work;
import dev.anyrate.bench.step.TrainedPreset;

/// What is compared. Shapes are constants of the classes that compute it.
public enum Workload {
  MATMUL_64("matmul 64³", Work.flops(2.0 * 64 * 64 * 64)),
  MATMUL_512("matmul 512³", Work.flops(2.0 * 512 * 512 * 512)),
  MATMUL_1024("matmul 1024³", Work.flops(2.0 * 1024 * 1024 * 1024)),
  CONVOLUTION_FORWARD("convolution 128→128, 3 taps, batch 256, length 128, forward", Work.flops(convolution(128, 3))),
  CONVOLUTION("the same, forward and backward", Work.flops(3 * convolution(128, 3))),
  STEM("convolution 1→128, 7 taps, forward and backward (weights)", Work.flops(2 * convolution(1, 7))),
  NT_XENT("NT-Xent, 1,024 pairs, 64 columns, forward and backward", Work.flops(3 * 2.0 * 2048 * 2048 * 64)),
  REFERENCE_STEP("training step, reference CNN, 128 pairs", TrainedPreset.REFERENCE.trainingStep(TrainedPreset.REFERENCE.pairs())),
  INVARIANT_STEP("training step, preset invariant, 32 pairs", TrainedPreset.INVARIANT.trainingStep(TrainedPreset.INVARIANT.pairs())),
  ENCODING_256("encoding, reference CNN, batch 256", TrainedPreset.REFERENCE.encoding(256)),
  ENCODING_1("encoding, reference CNN, batch 1", TrainedPreset.REFERENCE.encoding(1)),
  TRANSFORMER_STEP("training step, reference Transformer, 128 pairs", TrainedPreset.TRANSFORMER.trainingStep(128)),
  TRANSFORMER_ENCODING("encoding, reference Transformer, batch 256", TrainedPreset.TRANSFORMER.encoding(256)),
  ATTENTION("attention, batch 4, length 1,024, 4 heads of 32, forward and backward", Work.flops(6 * 2.0 * 4 * 4 * 1024 * 1024 * 32));

  private final String title;
  private final Work work;

  Workload(String title, Work work) {
    this.title = title;
    this.work = work;
  }

  /// As it stands in the table.
  public String title() {
    return title;
  }

  /// What one call does.
  public Work work() {
    return work;
  }

  private static double convolution(int channels, int taps) {
    return 2.0 * 256 * 128 * 128 * channels * taps;
  }
}
