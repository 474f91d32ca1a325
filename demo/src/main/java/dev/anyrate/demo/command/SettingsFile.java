package dev.anyrate.demo.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anyrate.model.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The settings that a run has in effect, written beside its checkpoint: `train --config FILE.yaml` with another `--out` repeats the run, bit for bit on the
/// same machine.
final class SettingsFile {
  private static final String EXTENSION = ".safetensors";
  private static final YAMLMapper YAML = YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build();

  private SettingsFile() {}

  /// Where the settings of a checkpoint are: `model.safetensors` has `model.train.yaml` beside it.
  static Path besides(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    return checkpoint.resolveSibling(name.substring(0, name.length() - EXTENSION.length()) + ".train.yaml");
  }

  /// @param settings values by the names of options, without the dashes
  static void write(Path file, Map<String, Object> settings) {
    try {
      byte[] text = YAML.writeValueAsString(settings).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file, out -> out.write(text));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("settings cannot be written as YAML", impossible);
    }
  }
}
