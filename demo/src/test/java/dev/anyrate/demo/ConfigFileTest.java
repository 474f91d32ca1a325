package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.train.Optimization;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingState;
import dev.anyrate.model.train.ViewSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--config`: options from a file.
class ConfigFileTest {
  @TempDir
  private Path folder;

  private Workplace work;
  private Path data;
  private Path model;

  @BeforeEach
  void makeData() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
    model = work.path("m.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config FILE", "--config=FILE"})
  void itsValuesAreUsedAndTheCommandLineWins(String form) {
    Path config = work.file("settings.yaml", "# a comment", "data: " + data, "epochs: 7", "hidden: 4", "lr: 2e-3",
        "preset: reference",
        "verbose: true");
    Stream<Object> arguments = Stream.of("train", "--out", model, "--epochs", 2);
    Object[] all = Stream.concat(arguments, Stream.of(form.replace("FILE", config.toString()).split(" ", 2))).toArray();
    Outcome.of(all).succeededSaying("backend=", "memory of a training step"); // of verbose
    TrainingConfig used = TrainingState.read(model).config();
    assertEquals(2, used.epochs());
    assertEquals(4, used.sizes().hidden());
    assertEquals(2e-3f, used.optimization().learningRate());
    assertEquals("REFERENCE", used.preset().name());
  }

  /// Text that is no such file.
  ///
  /// @param lines of it
  /// @param place behind the file's name, in the message
  /// @param fault that the message names
  record BadConfig(List<String> lines, String place, String fault) {}

  static Stream<BadConfig> badConfigs() {
    return Stream.of(new BadConfig(List.of("epochs: 1", "speed: 9"), ":2: ", "'speed' is no setting"),
        new BadConfig(List.of("config: other.yaml"), ":1: ", "'config' is no setting"),
        new BadConfig(List.of("help: true"), ":1: ", "'help' is no setting"),
        new BadConfig(List.of("epochs: [1, 2]"), ":1: ", "'epochs' is no single value"),
        new BadConfig(List.of("epochs:", "  first: 1"), ":1: ", "'epochs' is no single value"),
        new BadConfig(List.of("epochs: 1", "epochs: 2"), ":2: ", "a name stands twice"),
        new BadConfig(List.of("hidden: 4", "epochs: \"1"), ":2: ", "not YAML"),
        new BadConfig(List.of("just text"), ": ", "no settings"), new BadConfig(List.of(), ": ", "no settings"));
  }

  @ParameterizedTest
  @MethodSource("badConfigs")
  void whatIsNoSettingIsRefusedAtItsLine(BadConfig bad) {
    Path config = work.file("bad.yaml", bad.lines.toArray(String[]::new));
    work.untouchedBy("train", "--data", data, "--out", model, "--config", config).refused(config + bad.place, bad.fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"epochs: soon | 'soon' is not a whole number",
      "epochs: 0 | epochs: 0",
      "lr: -1 | learning rate: -1",
      "weight-decay: 11 | weight decay: 11", "encoder: rnn | 'rnn' is none of cnn, transformer",
      "backend: gpu | backend gpu does not exist",
      "length: 1 | length: 1", "min-rate: 2 | min rate: 2.0", "max-rate: 0 | max rate: 0.0", "min-crop: 2 | min crop: 2.0",
      "dilations: 1,0 | dilations: 0", "dilations: one | 'one' is not a list",
      "embedding: none | 'none' is none of linear, pooled",
      "heads: 2 | --heads is a setting of the transformer", "device: 0 | --device 0: only the backend opencl"})
  void aBadValueIsRefusedAsOnTheCommandLineAtItsLine(String setting, String fault) {
    Path config = work.file("bad.yaml", "# a comment", "seed: 1", setting);
    work.untouchedBy("train", "--data", data, "--out", model, "--config", config).refused("anyrate: " + config + ":3: ", fault);
  }

  @Test
  void aBadValueOfTheCommandLineIsNotTakenForThatOfTheFile() {
    Path config = work.file("fine.yaml", "epochs: 1");
    Outcome outcome = work.untouchedBy("train", "--data", data, "--out", model, "--config", config, "--epochs", 0);
    outcome.refused("anyrate: epochs: 0");
  }

  @Test
  void aMissingFileIsNamed() {
    Path none = work.path("none.yaml");
    work.untouchedBy("train", "--data", data, "--out", model, "--config", none).refused(none + ": no such file");
    work.untouchedBy("train", "--data", data, "--out", model, "--config=" + none).refused(none + ": no such file");
    work.untouchedBy("train", "--data", data, "--out", model, "--config", folder).refused(folder + ": is a folder");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path config = Files.write(work.path("bytes.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    work.untouchedBy("train", "--data", data, "--out", model, "--config", config).refused(config + ":1: ", "not YAML");
  }

  @Test
  void theSettingsInEffectAreWrittenAndRepeatTheRun() throws IOException {
    work.train("m.safetensors", data, "--batch", 6, "--chunk", 2, "--ema", 0.9, "--warmup", 0.25, "--cosine", false,
        "--weight-decay", 0.01,
        "--clip", 1.5, "--projection", 5, "--lr", 3e-3, "--temperature", 0.2, "--seed", 7, "--precision", "bf16",
        "--standardize", "series", "--length", 40, "--min-rate", 0.0625, "--max-rate", 3, "--min-crop", 0.5, "--dilations",
        "2,8").succeeded();
    Path again = work.path("again.safetensors");
    Outcome.of("train", "--config", work.path("m.train.yaml"), "--out", again).succeeded();
    assertEquals(TrainingState.read(model).config(), TrainingState.read(again).config());
    assertEquals(-1, Files.mismatch(model, again));
    assertEquals(-1, Files.mismatch(TrainingState.besides(model), TrainingState.besides(again)));
    TrainingConfig used = TrainingState.read(model).config();
    assertEquals(Precision.BF16, used.precision());
    assertEquals(StandardizationScope.SERIES, used.standardize());
    assertEquals(new ViewSettings(0.0625, 3, 0.5), used.views());
    assertEquals(40, used.length());
    assertEquals(new EncoderOptions.Cnn(List.of(2, 8)), used.encoder());
    assertEquals(List.of(6, 2, 5), List.of(used.batch(), used.chunk(), used.sizes().projection()));
    assertEquals(new Optimization(3e-3f, 0.25f, false, 0.01f, 1.5f, 0.9f), used.optimization());
  }

  /// Of a list, too: of two of them the later counts. One epoch leaves the linear map where it began, which training says on stderr.
  @Test
  void theSettingsOfALinearEmbeddingRepeatTheRunAndTheCommandLineWins() throws IOException {
    work.train("m.safetensors", data, "--embedding", "linear", "--kernels", 0, "--dilations", 4).worked()
        .printed("embeddings of 8 numbers");
    Path again = work.path("again.safetensors");
    Outcome.of("train", "--config", work.path("m.train.yaml"), "--out", again).worked();
    assertEquals(-1, Files.mismatch(model, again));
    Outcome.of("train", "--config", work.path("m.train.yaml"), "--out", again, "--overwrite", "--dilations", "1,2").worked();
    assertEquals(new EncoderOptions.Cnn(List.of(1, 2)), TrainingState.read(again).config().encoder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "transformer"})
  void theSettingsOfThePlainDesignRepeatTheRun(String encoder) throws IOException {
    Outcome
        .of("train", "--data", data, "--out", model, "--preset", "reference", "--encoder", encoder, "--epochs", 1, "--hidden", 4)
        .succeeded();
    Path again = work.path("again.safetensors");
    Outcome.of("train", "--config", work.path("m.train.yaml"), "--out", again).succeeded();
    assertEquals(-1, Files.mismatch(model, again));
  }

  @Test
  void aResumedRunHasItsViewsAndBlocks() {
    work.train("m.safetensors", data, "--min-rate", 0.1, "--dilations", "1,2").succeeded();
    Object[] resume = {"train", "--data", data, "--out", model, "--resume", model};
    for (String[] other : new String[][] {{"--min-rate", "0.2", "0.1"}, {"--dilations", "1,4", "1,2"}, {"--length", "50", "0"},
        {"--embedding", "linear", "pooled"}}) {
      work.untouchedBy(Stream.concat(Stream.of(resume), Stream.of(other[0], other[1])).toArray())
          .refused(other[0] + " " + other[1] + " differs from the " + other[2] + " that the resumed run was started with");
    }
    Outcome.of(Stream.concat(Stream.of(resume), Stream.of("--min-rate", 0.1, "--dilations", "1,2")).toArray()).worked();
  }

  @Test
  void aResumedRunHasItsSteps() {
    work.train("m.safetensors", data, "--batch", 6, "--chunk", 2).succeeded();
    work.untouchedBy("train", "--data", data, "--out", model, "--resume", model, "--chunk", 3)
        .refused("--chunk 3 differs from the 2 that the resumed run was started with");
  }

  @Test
  void anUnknownPrecisionIsRefused() {
    work.untouchedBy("train", "--data", data, "--out", model, "--precision", "fp16").refused("--precision", "float32, bf16");
  }

  @Test
  void aChunkLargerThanTheBatchIsRefused() {
    work.untouchedBy("train", "--data", data, "--out", model, "--batch", 6, "--chunk", 7)
        .refused("chunk: 7; give at most the 6 pairs of a batch");
  }
}
