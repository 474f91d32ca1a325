package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.JsonText;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A model that was saved and loaded is the same model; what is not a model's file is refused.
class ModelFileTest {
  private static final TimeSeriesSet SERIES = Examples.unequalSeries(9, 2);

  private static Engine engine;

  @TempDir
  private Path folder;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"LINEAR, false", "LINEAR, true", "POOLED, false", "POOLED, true"})
  void aLoadedModelGivesTheSameBits(EmbeddingKind embedding, boolean prepared) throws IOException {
    Optional<InputPreparation> preparation = prepared ? Optional.of(InputPreparation.fit(SERIES)) : Optional.empty();
    ContrastiveModel model = Examples.model(engine, 2, embedding, preparation);
    try (Tape tape = engine.tape()) {
      model.contrastiveLoss(tape, Examples.pairs(6, 2, 50), 0.5f); // so that running statistics are not those of a fresh model
    }
    model.fitScale(SERIES);
    Path file = folder.resolve("model.safetensors");
    model.save(file);

    ContrastiveModel loaded = ContrastiveModel.load(engine, file);
    assertArrayEquals(model.encode(SERIES), loaded.encode(SERIES));
    assertEquals(model.config(), loaded.config());
    assertEquals(model.preparation(), loaded.preparation());
    assertEquals(model.seed(), loaded.seed());

    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    assertEquals(-1, Files.mismatch(file, again));
  }

  @Test
  void itKeepsHowSeriesAreBroughtToOneScale() {
    InputPreparation preparation = InputPreparation.fit(SERIES, StandardizationScope.SERIES);
    ContrastiveModel loaded = ContrastiveModel.load(engine,
        saved(Examples.model(engine, 2, EmbeddingKind.POOLED, Optional.of(preparation))));
    assertEquals(Optional.of(preparation), loaded.preparation());
    String text = JsonText.write(preparation);
    String before = text.replace("\"scope\":\"SERIES\",", ""); // as checkpoints had it when there was no choice
    assertNotEquals(text, before);
    assertEquals(StandardizationScope.SET, JsonText.read(before, InputPreparation.class, "preparation").scope());
  }

  @Test
  void aFileOfAnUnfinishedRunIsKnownAsOne() {
    ContrastiveModel model = Examples.model(engine, 2, EmbeddingKind.POOLED);
    Path file = saved(model);
    assertFalse(ContrastiveModel.load(engine, file).isFinished());
    model.fitScale(SERIES);
    model.fitWhitening(SERIES);
    assertTrue(ContrastiveModel.load(engine, saved(model)).isFinished());
    assertTrue(ContrastiveModel.load(engine, saved(Examples.model(engine, 2, EmbeddingKind.LINEAR))).isFinished());
  }

  @Test
  void aLoadedModelKnowsTheUntrainedOne() {
    ContrastiveModel model = Examples.model(engine, 2, EmbeddingKind.POOLED);
    float[][] untrained = model.untrained(SERIES).encode(SERIES);
    engine.write(model.parameters().getFirst().tensor(), new float[model.parameters().getFirst().tensor().size()]);
    assertArrayEquals(untrained, ContrastiveModel.load(engine, saved(model)).untrained(SERIES).encode(SERIES));
  }

  @Test
  void weightsHaveStableNames() {
    SafeTensors file = SafeTensors.read(saved(Examples.model(engine, 1, EmbeddingKind.POOLED)));
    for (String name : new String[] {"encoder.stem.conv.weight", "encoder.stem.norm.running_variance",
        "encoder.blocks.0.conv1.weight", "encoder.blocks.2.norm2.gamma", "encoder.embed.bias", "head.projection1.weight",
        "head.projection2.bias", "embedding.mean", "embedding.deviation"}) {
      assertTrue(file.tensors().containsKey(name), name + " is not among " + file.tensors().keySet());
    }
    assertEquals("anyrate-model/1", file.metadata().get("format"));
  }

  @Test
  void aFileOfAnotherStructureIsRefused() {
    String message = refusal(file -> new SafeTensors(withConfig(file, "\"hidden\":6", "\"hidden\":7"), file.tensors()));
    assertTrue(message.endsWith("tensor 'encoder.stem.conv.weight' is F32 [6, 1, 7], expected F32 [7, 1, 7];"
        + " this is a checkpoint of another model"), message);
    message = refusal(file -> new SafeTensors(withConfig(file, "[1,4,16]", "[1,4,16,8]"), file.tensors()));
    assertTrue(message.endsWith("tensor 'encoder.blocks.3.conv1.weight' is missing; this is a checkpoint of another model"),
        message);
  }

  @Test
  void aFileWithoutAModelIsRefused() {
    String message = refusal(file -> new SafeTensors(Map.of(), file.tensors()));
    assertTrue(message.endsWith("the metadata says format null, expected anyrate-model/1;"
        + " this safetensors file was not written by 'anyrate train'"), message);
    message = refusal(file -> without(file, "config"));
    assertTrue(message.endsWith("the metadata has no 'config'; the file was changed by another program"), message);
    message = refusal(file -> new SafeTensors(withConfig(file, "\"type\":\"cnn\"", "\"type\":\"perceptron\""), file.tensors()));
    assertTrue(message.contains("perceptron"), message);
    message = refusal(file -> new SafeTensors(withConfig(file, "\"hidden\":6", "\"hidden\":0"), file.tensors()));
    assertTrue(message.contains("hidden is 0; give 1 or more"), message);
  }

  /// A name or a number that was damaged is found out when the file is read, not where it is used.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"config | .embedding.:.POOLED. | ~embedding~:null | no kind of embedding",
      "preparation | .standardization.:[{][^}]*[}] | ~standardization~:null | no standardization",
      "contract | .median.:28 | ~median~:0 | lengths 17, 0 and 50",
      "contract | .max_rate.:4.0 | ~max_rate~:-4 | rates 0.25 to -4.0",
      "contract | .rate_hz.:0.0 | ~rate_hz~:-1 | sampling rate -1.0"})
  void settingsThatAreNoneAreRefused(String key, String part, String replacement, String words) {
    ContrastiveModel model = Examples.model(engine, 2, EmbeddingKind.POOLED, Optional.of(InputPreparation.fit(SERIES)));
    model.promise(new RateContract(0.25, 4, 1, 17, 28, 50, 1, "area", 0, "0123456789abcdef", 1, "1", "x"));
    Path file = saved(model);
    SafeTensors whole = SafeTensors.read(file);
    Map<String, String> metadata = new HashMap<>(whole.metadata());
    metadata.computeIfPresent(key, (_, text) -> text.replaceFirst(part, replacement.replace('~', '"')));
    assertNotEquals(whole.metadata(), metadata);
    new SafeTensors(metadata, whole.tensors()).write(file);
    String message = assertThrows(CheckpointFormatException.class, () -> ContrastiveModel.load(engine, file)).getMessage();
    assertTrue(message.startsWith(file + ": the " + key + " in the metadata") && message.contains(words), message);
  }

  @Test
  void aFileOfAnotherVersionIsRefused() {
    String message = refusal(file -> new SafeTensors(Map.of("format", "anyrate-model/2"), file.tensors()));
    assertTrue(message.endsWith("the metadata says format anyrate-model/2, expected anyrate-model/1;"
        + " this safetensors file was written by another version, use that one or train again"), message);
  }

  /// Its embeddings were whole without a map: they would be taken for those of a run that has not ended.
  @Test
  void aFileFromBeforeEmbeddingsWereWhitenedIsRefused() {
    String message = refusal(file -> new SafeTensors(withConfig(file, "\"compact\":0,", ""), file.tensors()));
    assertTrue(message.contains("'compact'") && message.endsWith("; this is a checkpoint of another version or program"),
        message);
  }

  @Test
  void aModelThatCannotBeLoadedLeavesNoMemoryInUse() {
    Path file = saved(Examples.model(engine, 1, EmbeddingKind.LINEAR));
    SafeTensors whole = SafeTensors.read(file);
    new SafeTensors(withConfig(whole, "[1,4,16]", "[1,4,16,8]"), whole.tensors()).write(file);
    if (!(engine.kernels().memory() instanceof MemoryPool memory))
      throw new AssertionError("the memory of a backend is a pool");
    long before = memory.bytesInUse();
    assertThrows(CheckpointFormatException.class, () -> ContrastiveModel.load(engine, file));
    assertEquals(before, memory.bytesInUse());
  }

  @Test
  void aMissingFileIsNamed() {
    Path none = folder.resolve("none.safetensors");
    assertEquals(none + ": no such file; check the path",
        assertThrows(CheckpointFormatException.class, () -> ContrastiveModel.load(engine, none)).getMessage());
  }

  @Test
  void theReferenceHasTheSizeOfTheReference() {
    try (ContrastiveModel model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 128, 64), 1)) {
      long stem = 128 * 7 + 128 + 2 * 128;
      long block = 2 * (128 * 128 * 3 + 128 + 2 * 128);
      long embed = 128 * 64 + 64;
      long head = 2 * (64 * 64 + 64);
      assertEquals(stem + 3 * block + embed + head, model.state().parameterCount());
    }
  }

  private Path saved(ContrastiveModel model) {
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    return file;
  }

  /// What [ContrastiveModel#load] says of a changed file, in one line that names the file.
  private String refusal(UnaryOperator<SafeTensors> change) {
    Path file = saved(Examples.model(engine, 1, EmbeddingKind.LINEAR));
    change.apply(SafeTensors.read(file)).write(file);
    String message = assertThrows(CheckpointFormatException.class, () -> ContrastiveModel.load(engine, file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.lines().count() == 1, message);
    return message;
  }

  private static Map<String, String> withConfig(SafeTensors file, String part, String replacement) {
    Map<String, String> metadata = new HashMap<>(file.metadata());
    assertTrue(metadata.get("config").contains(part), metadata.get("config"));
    metadata.computeIfPresent("config", (_, config) -> config.replace(part, replacement));
    return metadata;
  }

  private static SafeTensors without(SafeTensors file, String key) {
    Map<String, String> metadata = new HashMap<>(file.metadata());
    metadata.remove(key);
    return new SafeTensors(metadata, file.tensors());
  }
}
