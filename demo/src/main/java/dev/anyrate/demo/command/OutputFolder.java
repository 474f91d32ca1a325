package dev.anyrate.demo.command;

import dev.anyrate.model.io.AtomicFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is asked of a folder of results before the work for it begins.
final class OutputFolder {
  private OutputFolder() {}

  /// Refuses a folder that is a file, or in which the files cannot be written. One that is missing is not made yet: input that is refused leaves nothing behind.
  static void requireWritable(Path folder, String... files) throws FileAlreadyExistsException {
    Path place = folder.toAbsolutePath();
    Path toMake = null; // the uppermost folder that is missing
    for (; !Files.exists(place); place = place.getParent()) toMake = place; // ends at the root
    if (!Files.isDirectory(place)) throw new FileAlreadyExistsException(place.toString());
    if (toMake != null) {
      AtomicFile.requireWritable(toMake);
    } else {
      for (String file : files) AtomicFile.requireWritable(place.resolve(file));
    }
  }
}
