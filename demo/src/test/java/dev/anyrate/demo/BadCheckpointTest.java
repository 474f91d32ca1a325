package dev.anyrate.demo;

import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.train.ModelSizes;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A checkpoint that is damaged, foreign, or does not suit the data is refused by `evaluate` and `embed`.
class BadCheckpointTest {
  @TempDir
  private static Path folder;

  private static Workplace work;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void train() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
    model = work.checkpoint("model.safetensors", data);
  }

  private static void refusedEverywhere(Path checkpoint, String... texts) {
    work.untouchedBy("evaluate", "--data", data, "--checkpoint", checkpoint, "--out", work.path("r.json")).refused(texts);
    work.untouchedBy("embed", "--data", data, "--checkpoint", checkpoint, "--out", work.path("e.csv")).refused(texts);
  }

  /// Lengths inside the length field, inside the header, at its end, inside the tensors, and one byte short.
  static Stream<Long> cuts() throws IOException {
    return Stream.of(0L, 5L, 100L, Files.size(model) / 2, Files.size(model) - 1);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void cutShort(long size) throws IOException {
    Path cut = Files.write(work.path("cut.safetensors"), Arrays.copyOf(Files.readAllBytes(model), (int) size));
    refusedEverywhere(cut, cut + ": byte " + size, "use a whole copy");
  }

  @Test
  void extended() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Path longer = Files.write(work.path("longer.safetensors"), Arrays.copyOf(bytes, bytes.length + 3));
    refusedEverywhere(longer, longer + ": byte " + bytes.length, "3 bytes behind the last tensor");
  }

  @Test
  void ofAnotherProgram() {
    Path foreign = work.path("foreign.safetensors");
    new SafeTensors(Map.of("format", "pt"), SafeTensors.read(model).tensors()).write(foreign);
    refusedEverywhere(foreign, foreign.toString(), "format pt", "was not written by 'anyrate train'");
  }

  @Test
  void whereItIsTheStateOfTheTraining() {
    Path state = work.path("model.training.safetensors");
    refusedEverywhere(state, state.toString(), "give the model beside it, whose name is without '.training'");
  }

  @Test
  void withoutMetadata() {
    Path bare = work.path("bare.safetensors");
    new SafeTensors(Map.of(), SafeTensors.read(model).tensors()).write(bare);
    refusedEverywhere(bare, bare.toString(), "was not written by 'anyrate train'");
  }

  @Test
  void withoutItsWeights() {
    Path hollow = work.path("hollow.safetensors");
    new SafeTensors(SafeTensors.read(model).metadata(), Map.of()).write(hollow);
    refusedEverywhere(hollow, hollow.toString(), "is missing");
  }

  @Test
  void noSafetensorsFileAtAll() {
    Path text = work.file("text.safetensors", "This is a text, and a longer one than eight bytes.");
    refusedEverywhere(text, text + ": byte 0", "not a safetensors file");
  }

  @Test
  void theTrainingStateInItsPlace() {
    Path state = TrainingState.besides(model);
    refusedEverywhere(state, state.toString(), "format anyrate-training/1");
  }

  @Test
  void missingOrAFolder() {
    refusedEverywhere(work.path("none.safetensors"), "none.safetensors: no such file");
    refusedEverywhere(folder, folder + ": not a file");
  }

  /// A call that resumes its own output may begin with it; the name of another checkpoint that is not there is a slip.
  @Test
  void missingToResume() {
    Path none = work.path("none.safetensors");
    work.untouchedBy("train", "--data", data, "--out", work.path("other.safetensors"), "--resume", none)
        .refused(none + ": no such checkpoint");
    work.train("own.safetensors", data, "--resume", work.path("own.safetensors")).succeededSaying("nothing to resume");
  }

  @Test
  void ofARunThatHadNotEndedIsSaid() {
    Path unfinished = work.path("unfinished.safetensors");
    TimeSeriesSet train = SeriesFiles.read(data, Split.TRAIN);
    try (Engine engine = Engine.open();
        TrainingSession session = TrainingSession.start(engine, train,
            Preset.INVARIANT.defaults(train, 8, 1).withEpochs(1)
                .withEmbedding(new ModelSizes(4, 8, 8, 0, 84), EmbeddingKind.POOLED))) {
      session.model().fitScale(train);
      session.model().save(unfinished);
    }
    String warning = "training of " + unfinished
        + " had not ended: its embeddings are not whitened; go on with train --resume " + unfinished;
    Outcome.of("embed", "--data", data, "--checkpoint", unfinished, "--out", work.path("e.npy")).succeededSaying(warning);
    Outcome.of("evaluate", "--data", data, "--checkpoint", unfinished, "--rates", "1").succeededSaying(warning);
    Outcome.of("prove", "--data", data, "--checkpoint", unfinished, "--rates", "1", "--require", "accuracy>=0", "--out",
        work.path("proof")).succeededSaying(warning);
  }

  @Test
  void ofSeriesThatAreRefusedNothingElseIsSaid() {
    Path model = work.checkpoint("short.safetensors", work.dataset("Short", 20, 1));
    Path other = work.dataset("LongWithTwoChannels", 400, 2); // so long that the model was not trained for it either
    work.untouchedBy("embed", "--data", other, "--checkpoint", model, "--out", work.path("e.npy"))
        .refused("2 channels, but the model was made for 1");
  }

  @Test
  void ofSeriesWithFewerChannels() {
    Path two = work.dataset("Two", 32, 2);
    for (String preset : new String[] {"invariant", "reference"}) {
      work.train("one.safetensors", data, "--preset", preset, "--kernels", preset.equals("invariant") ? 84 : 0, "--overwrite")
          .succeeded();
      work.untouchedBy("embed", "--data", two, "--checkpoint", work.path("one.safetensors"), "--out", work.path("e.npy"))
          .refused("2 channels, but the model was made for 1");
      work.untouchedBy("evaluate", "--data", two, "--checkpoint", work.path("one.safetensors"), "--out", work.path("r.json"))
          .refused("2 channels, but the model was made for 1");
    }
  }
}
