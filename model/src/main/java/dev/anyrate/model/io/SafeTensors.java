package dev.anyrate.model.io;

import dev.anyrate.engine.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The content of a safetensors file: tensors by name, and a table of strings that says what they are.
///
/// A file is eight bytes of header length (little-endian), a JSON header, and the numbers of all tensors without gaps. Python
/// reads it with `safetensors.numpy.load_file`. The bytes depend on the content alone, not on the order in which it was put
/// together: tensors are sorted by type and name, as the format's own library does it.
///
/// @param metadata strings, in the order of their names
/// @param tensors  numbers, in the order of their names
/// @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
public record SafeTensors(Map<String, String> metadata, Map<String, StoredTensor> tensors) {
  /// The one name that no tensor may have.
  static final String METADATA = "__metadata__";

  /// @throws IllegalArgumentException if a tensor is called `__metadata__`
  public SafeTensors {
    metadata = sorted(metadata);
    tensors = sorted(tensors);
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "safetensors: a tensor is called '" + METADATA + "', which the format reserves; rename it");
    }
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /// Reads a file whole, and believes nothing in it unchecked.
  ///
  /// @throws CheckpointFormatException if there is no such file, or it breaks any rule of the format
  /// @throws UncheckedIOException      if the disk fails
  public static SafeTensors read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointFormatException((Files.exists(file) ? "not a file" : "no such file") + "; check the path").in(file);
    }
    if (!Files.isReadable(file)) throw new CheckpointFormatException("no permission to read it; change the permissions").in(file);
    try (var channel = FileChannel.open(file)) {
      return SafeTensorsReader.read(channel);
    } catch (CheckpointFormatException problem) {
      throw problem.in(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// Writes a file; a failure or crash at any moment leaves the old one as it was, see [AtomicFile].
  ///
  /// @throws UnwritableFileException if the folder is missing or nothing may be written there
  /// @throws UncheckedIOException    if the disk fails or is full
  public void write(Path file) {
    AtomicFile.write(file, out -> SafeTensorsWriter.write(this, out));
  }

  /// The numbers of one tensor whose shape is known beforehand.
  ///
  /// @throws CheckpointFormatException if there is no such tensor, or it has another shape or type
  public float[] floats(String name, Shape shape) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointFormatException("tensor '" + name + "' is missing; this is a checkpoint of another model");
    }
    if (tensor instanceof StoredTensor.Float32(Shape stored, float[] values) && stored.equals(shape)) return values;
    throw new CheckpointFormatException(
        "tensor '" + name + "' is " + ElementType.of(tensor) + " " + tensor.shape() + ", expected F32 "
            + shape + "; this is a checkpoint of another model");
  }
}
