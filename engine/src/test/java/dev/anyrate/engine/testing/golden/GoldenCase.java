package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.testing.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One file of golden numbers: tensors `in.*`, `param.*`, `out.*` and `grad.*`, and the attributes of an operation.
///
/// @param name of the file, without its ending
/// @param file its content
public record GoldenCase(String name, SafetensorsFile file) {
  private static final String ENDING = ".safetensors";

  /// Every case of a folder, by name.
  public static List<GoldenCase> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(ENDING)).sorted().map(GoldenCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenCase read(Path path) {
    return new GoldenCase(path.getFileName().toString().replace(ENDING, ""), SafetensorsFile.read(path));
  }

  /// Name of the operation.
  public String operation() {
    return attribute("op");
  }

  /// An attribute of the operation.
  public String attribute(String key) {
    String value = file.metadata().get(key);
    if (value == null) throw new IllegalArgumentException(name + ": metadata has no '" + key + "'");
    return value;
  }

  /// A number among the attributes.
  public float number(String key) {
    return Float.parseFloat(attribute(key));
  }

  /// A number among the attributes, or what PyTorch takes where there is none.
  public float number(String key, float standard) {
    return file.metadata().containsKey(key) ? number(key) : standard;
  }

  /// A count among the attributes.
  public int count(String key) {
    return Integer.parseInt(attribute(key));
  }

  /// A switch among the attributes, 0 or 1.
  public boolean flag(String key) {
    return count(key) != 0;
  }

  /// A list of counts among the attributes, such as `[0, 2]`.
  public List<Integer> counts(String key) {
    return Pattern.compile("\\d+").matcher(attribute(key)).results().map(match -> Integer.valueOf(match.group())).toList();
  }

  /// The numbers of a member of an attribute that is written as a Python dictionary, such as `{'lr': 0.1, 'betas': (0.9, 0.999)}`.
  public List<Float> numbersIn(String key, String member) {
    Matcher matcher = Pattern.compile("'" + member + "': (\\([^)]*\\)|[^,}]*)").matcher(attribute(key));
    if (!matcher.find()) throw new IllegalArgumentException(name + ": '" + key + "' has no '" + member + "'");
    return Arrays.stream(matcher.group(1).replaceAll("[()]", "").split(",")).map(Float::valueOf).toList();
  }

  /// Whether the file has a tensor of this name.
  public boolean has(String tensor) {
    return file.tensors().containsKey(tensor);
  }

  /// A tensor of the file.
  public SafetensorsFile.Entry tensor(String tensor) {
    SafetensorsFile.Entry entry = file.tensors().get(tensor);
    if (entry == null) throw new IllegalArgumentException(name + ": no tensor '" + tensor + "'");
    return entry;
  }

  /// Tensors whose names begin with `prefix`, under the rest of their names.
  public Map<String, SafetensorsFile.Entry> tensorsUnder(String prefix) {
    Map<String, SafetensorsFile.Entry> found = new LinkedHashMap<>();
    file.tensors().forEach((key, entry) -> {
      if (key.startsWith(prefix)) found.put(key.substring(prefix.length()), entry);
    });
    return found;
  }

  @Override
  public String toString() {
    return name;
  }
}
