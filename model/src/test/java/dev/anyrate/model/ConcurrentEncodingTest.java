package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.testing.TestEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A service answers requests on many threads, and opens an engine once.
class ConcurrentEncodingTest {
  private static final int THREADS = 4;
  private static final int REPEATS = 20;
  private static final TimeSeriesSet SERIES = SyntheticData.create(24, 120, 1, 3, 5);

  @Test
  void threadsThatEncodeAtOnceGetWhatOneWouldGet() throws InterruptedException, ExecutionException {
    try (Engine engine = TestEngine.open();
        ContrastiveModel model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 32, 16), 1);
        ContrastiveModel other = whitened(engine);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Boolean>> requests = List.of(sameAsBefore(model), sameAsBefore(other));
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS * REPEATS; i++) answers.add(threads.submit(requests.get(i % requests.size())));
      for (Future<Boolean> answer : answers) assertTrue(answer.get(), "another embedding than alone");
    }
  }

  private static ContrastiveModel whitened(Engine engine) {
    var config = new ModelConfig(CnnEncoderConfig.dilated(1, 16, 8), 8, EmbeddingKind.POOLED, 0, 252);
    ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.of(InputPreparation.fit(SERIES)), 2);
    model.fitScale(SERIES);
    model.fitWhitening(SERIES);
    return model;
  }

  private static Callable<Boolean> sameAsBefore(ContrastiveModel model) {
    float[][] before = model.encode(SERIES);
    return () -> Arrays.deepEquals(before, model.encode(SERIES));
  }
}
