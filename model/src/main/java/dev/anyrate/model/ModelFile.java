package dev.anyrate.model;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.JsonText;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.TensorTransfer;
import dev.anyrate.model.layers.ModelState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The file of a trained model: a safetensors file with weights under stable names, and configuration and preparation in its metadata.
final class ModelFile {
  private static final String FORMATS = "anyrate-model/";
  private static final String FORMAT = FORMATS + 1;
  private static final String STATES = "anyrate-training/";
  private static final String FORMAT_KEY = "format";
  private static final String CONFIG_KEY = "config";
  private static final String SEED_KEY = "seed";
  private static final String PREPARATION_KEY = "preparation";
  private static final String CONTRACT_KEY = "contract";

  /// What a file holds.
  record Content(ModelConfig config, Optional<InputPreparation> preparation, long seed, Optional<RateContract> contract,
      SafeTensors file, Path path) {
    /// Overwrites the state of a model of this configuration.
    void restore(Engine engine, ModelState state) {
      try {
        TensorTransfer.restore(engine, file, state.tensors());
      } catch (CheckpointFormatException problem) {
        throw problem.in(path);
      }
    }

    /// What embeddings are made of; empty if training had not ended, or the model's are not whitened.
    Optional<WhitenedEmbedding> whitened(Engine engine) {
      try {
        return WhitenedEmbedding.restore(engine, file, config, preparation, seed);
      } catch (CheckpointFormatException problem) {
        throw problem.in(path);
      }
    }
  }

  private ModelFile() {}

  static void write(Engine engine, Path path, ModelConfig config, Optional<InputPreparation> preparation, long seed,
      Optional<RateContract> contract, ModelState state, Optional<WhitenedEmbedding> whitened) {
    var metadata = new HashMap<>(Map.of(FORMAT_KEY, FORMAT, CONFIG_KEY, JsonText.write(config), SEED_KEY, String.valueOf(seed)));
    preparation.ifPresent(prepare -> metadata.put(PREPARATION_KEY, JsonText.write(prepare)));
    contract.ifPresent(rates -> metadata.put(CONTRACT_KEY, JsonText.write(rates)));
    var tensors = new HashMap<>(TensorTransfer.store(engine, state.tensors()));
    whitened.ifPresent(embedding -> tensors.putAll(embedding.store(engine)));
    new SafeTensors(metadata, tensors).write(path);
  }

  static Content read(Path path) {
    SafeTensors file = SafeTensors.read(path);
    try {
      String format = file.metadata().get(FORMAT_KEY);
      if (!FORMAT.equals(format)) {
        throw new CheckpointFormatException(
            "the metadata says format " + format + ", expected " + FORMAT + "; " + remedy(format));
      }
      Optional<InputPreparation> preparation = Optional.ofNullable(file.metadata().get(PREPARATION_KEY))
          .map(text -> JsonText.read(text, InputPreparation.class, PREPARATION_KEY));
      Optional<RateContract> contract = Optional.ofNullable(file.metadata().get(CONTRACT_KEY))
          .map(text -> JsonText.read(text, RateContract.class, CONTRACT_KEY));
      return new Content(JsonText.read(text(file, CONFIG_KEY), ModelConfig.class, CONFIG_KEY), preparation,
          JsonText.read(text(file, SEED_KEY), Long.class, SEED_KEY), contract, file, path);
    } catch (CheckpointFormatException problem) {
      throw problem.in(path);
    }
  }

  private static String remedy(String format) {
    if (format != null && format.startsWith(FORMATS)) {
      return "this safetensors file was written by another version, use that one or train again";
    }
    return format != null && format.startsWith(STATES)
        ? "this is the state that training is resumed from; give the model beside it, whose name is without '.training'"
        : "this safetensors file was not written by 'anyrate train'";
  }

  private static String text(SafeTensors file, String key) {
    String text = file.metadata().get(key);
    if (text == null)
      throw new CheckpointFormatException("the metadata has no '" + key + "'; the file was changed by another program");
    return text;
  }
}
