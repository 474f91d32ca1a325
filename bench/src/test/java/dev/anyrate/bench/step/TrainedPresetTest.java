package dev.anyrate.bench.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainedPresetTest {
  /// As the benchmarks and the peers make it: series come at the length that is timed, with nothing done to them before.
  @ParameterizedTest
  @EnumSource
  void itsModelTakesSeriesAsTheyAre(TrainedPreset preset) {
    try (Engine engine = Engine.open(); var model = ContrastiveModel.create(engine, preset.model(), Optional.empty(), 42)) {
      assertEquals(model.config().featureSize(), model.encode(preset.series(2))[0].length);
    }
  }
}
