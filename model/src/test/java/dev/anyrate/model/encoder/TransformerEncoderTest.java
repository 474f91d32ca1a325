package dev.anyrate.model.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.ops.RelativePosition;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What is particular to the transformer; that padding has no influence on it and that it can be resumed is tested with the other encoders.
class TransformerEncoderTest {
  @Test
  void weightsHaveStableNames() {
    try (Engine engine = TestEngine.open(); ContrastiveModel model = model(engine, 0)) {
      List<String> names = model.parameters().stream().map(Parameter::name).toList();
      assertTrue(names
          .containsAll(List.of("encoder.patches.weight", "encoder.blocks.0.norm1.gamma", "encoder.blocks.0.attention.qkv.weight",
              "encoder.blocks.1.attention.out.bias", "encoder.blocks.1.feed_forward.linear2.weight", "encoder.norm.beta",
              "encoder.embed.weight")),
          names.toString());
      assertFalse(model.state().tensors().containsKey("encoder.dropout.draws"));
    }
  }

  /// Patches of 4 samples at one rate and of 8 at twice the rate stand at the same share of the series.
  @Test
  void aSeriesAtTwiceTheRateHasItsPatchesAtTheSamePlaces() {
    try (Engine engine = TestEngine.open(); Tape tape = engine.tape()) {
      Tensor zeros = engine.full(Shape.of(1, 8, 6), 0);
      Tensor once = tape.run(new RelativePosition(zeros, tape.constant(Shape.of(1), 32), 4));
      Tensor twice = tape.run(new RelativePosition(zeros, tape.constant(Shape.of(1), 64), 8));
      assertArrayEquals(engine.toHost(once), engine.toHost(twice), 1e-6f);
    }
  }

  @Test
  void aSeriesShorterThanAPatchHasAnEmbedding() {
    try (Engine engine = TestEngine.open(); ContrastiveModel model = model(engine, 0)) {
      for (int length : new int[] {2, 3, 4, 5, 7, 8, 9}) {
        float[] ramp = new float[length];
        for (int t = 0; t < length; t++) ramp[t] = t + 1;
        for (float value : model.encode(TimeSeriesSet.of("short", List.of(TimeSeries.of(ramp))))[0]) {
          assertTrue(Float.isFinite(value), "length " + length);
        }
      }
    }
  }

  /// A batch of 100 series of 32 patches is worked on in two groups.
  @Test
  void aBatchInGroupsGivesEverySeriesItsOwnRow() {
    try (Engine engine = TestEngine.open(); ContrastiveModel model = model(engine, 0)) {
      TimeSeriesSet series = SyntheticData.create(100, 128, 1, 3, 5);
      float[][] together = model.encode(series);
      for (int i : new int[] {0, 63, 64, 99})
        assertArrayEquals(model.encode(series.select(i))[0], together[i], 1e-6f, "series " + i);
    }
  }

  @Test
  void theOrderOfPatchesMatters() {
    try (Engine engine = TestEngine.open(); ContrastiveModel model = model(engine, 0)) {
      float[] ramp = new float[64];
      for (int t = 0; t < 64; t++) ramp[t] = t / 8 == 2 ? 1 : 0;
      float[] later = new float[64];
      System.arraycopy(ramp, 0, later, 24, 40);
      TimeSeriesSet both = TimeSeriesSet.of("pulses", List.of(TimeSeries.of(ramp), TimeSeries.of(later)));
      float[][] rows = model.encode(both);
      double distance = IntStream.range(0, rows[0].length).mapToDouble(e -> Math.abs(rows[0][e] - rows[1][e])).max()
          .orElseThrow();
      assertTrue(distance > 1e-3, "moved pulse changes the embedding by " + distance);
    }
  }

  @Test
  void dropoutDependsOnStepAndSeedButNotOnThreads() {
    float[] one = losses(1, 3);
    assertArrayEquals(one, losses(2, 3));
    assertEquals(3, Arrays.stream(IntStream.range(0, 3).mapToDouble(i -> one[i]).toArray()).distinct().count(),
        "every step draws zeros of its own");
  }

  /// Losses of the same batch in successive steps, without an update between them.
  private static float[] losses(int threads, int steps) {
    float[] losses = new float[steps];
    try (Engine engine = TestEngine.open(threads); ContrastiveModel model = model(engine, 0.2f)) {
      for (int i = 0; i < steps; i++) {
        try (Tape tape = engine.tape()) {
          Tensor loss = model.contrastiveLoss(tape, Examples.pairs(4, 1, 50), 0.5f);
          tape.backward(loss);
          losses[i] = engine.toHost(loss)[0];
        }
      }
    }
    return losses;
  }

  @Test
  void dropoutIsForTrainingOnly() {
    try (Engine engine = TestEngine.open();
        ContrastiveModel with = model(engine, 0.5f);
        ContrastiveModel without = model(engine, 0)) {
      TimeSeriesSet series = Examples.unequalSeries(4, 1);
      float[][] expected = without.encode(series);
      float[][] actual = with.encode(series);
      for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i]);
    }
  }

  @Test
  void settingsThatDoNotFitAreRefusedWithARemedy() {
    assertEquals(
        "transformer encoder: hidden is 130, which 4 heads do not divide; give a width such as 132, or another number of heads",
        message(() -> TransformerEncoderConfig.reference(1, 130, 4)));
    assertEquals("transformer encoder: stride is 9, patch 8; give a stride of at most the patch, so that every sample is seen",
        message(() -> new TransformerEncoderConfig(1, 8, 4, 2, 4, 8, 9, 0)));
    assertEquals("transformer encoder: dropout is 1.0; give 0 up to, not including, 1",
        message(() -> new TransformerEncoderConfig(1, 8, 4, 2, 4, 8, 4, 1)));
    assertEquals("transformer encoder: layers is 0; give 1 or more",
        message(() -> new TransformerEncoderConfig(1, 8, 4, 0, 4, 8, 4, 0)));
    assertEquals(
        "transformer encoder: a patch of 8 samples is longer than the shortest series, 7; give a smaller patch",
        message(() -> TransformerEncoderConfig.reference(1, 8, 4).requireSamples(7, "the shortest series")));
  }

  private static String message(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  private static ContrastiveModel model(Engine engine, float dropout) {
    return ContrastiveModel.create(engine, new TransformerEncoderConfig(1, 8, 5, 2, 2, 8, 4, dropout), 3);
  }
}
