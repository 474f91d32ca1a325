package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import dev.anyrate.model.testing.TestEngine;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterCountTest {
  static Stream<EncoderConfig> encoders() {
    return Stream.of(CnnEncoderConfig.reference(1, 8, 5), CnnEncoderConfig.dilated(3, 6, 7),
        TransformerEncoderConfig.reference(1, 8, 5), new TransformerEncoderConfig(3, 6, 7, 3, 2, 5, 2, 0.1f));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void isThatOfTheModel(EncoderConfig encoder) {
    var sizes = new ModelConfig(encoder, 9, EmbeddingKind.POOLED);
    try (Engine engine = TestEngine.open();
        ContrastiveModel model = ContrastiveModel.create(engine, sizes, Optional.empty(), 1)) {
      assertEquals(model.state().parameterCount(), ParameterCount.of(sizes));
    }
  }
}
