package dev.anyrate.model.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file in one step: whoever looks finds the old file whole or the new file whole, even after a crash or `kill -9`.
///
/// The content goes to a temporary file in the same folder, is forced to the disk, and takes the name of the old file by an
/// atomic rename; then the folder is forced to the disk too. A failure removes the temporary file; only a killed process leaves
/// one, `.NAME.tmp`, which the next write replaces. Two processes must not write the same file at the same time.
///
/// @see <a href="https://www.usenix.org/conference/osdi14/technical-sessions/presentation/pillai">Pillai et al., All File Systems
///      Are Not Created Equal (OSDI 2014)</a>
public final class AtomicFile {
  /// What goes into the file.
  @FunctionalInterface
  public interface Content {
    /// @param out buffered; need not be closed
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int MOST_LINKS = 40; // one after the other, as Linux follows them

  private AtomicFile() {}

  /// Replaces or creates a file.
  ///
  /// @param file    a link is followed, also where nothing is at its end yet
  /// @param content called once; what it throws leaves the old file as it was
  /// @throws UnwritableFileException if the folder is missing or nothing may be written there
  /// @throws UncheckedIOException    if the disk fails or is full
  public static void write(Path file, Content content) {
    Path target = requireReplaceable(file);
    try {
      Path temporary = temporaryBeside(target);
      FileChannel channel = create(temporary, file);
      try (channel) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      forceFolder(target.getParent());
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// Tells early, before an hour of work, whether [#write] will find a place, by making and removing an empty temporary file.
  ///
  /// @throws UnwritableFileException if the folder is missing, nothing may be written there, or `file` is a folder, a device or
  ///                                 write-protected
  public static void requireWritable(Path file) {
    Path temporary = temporaryBeside(requireReplaceable(file));
    try {
      create(temporary, file).close();
      Files.delete(temporary);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// @return the file itself, or what the link leads to
  private static Path requireReplaceable(Path file) {
    Path target = target(file);
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new UnwritableFileException(file, "is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new UnwritableFileException(file, "the folder " + folder + " does not exist; create it first");
    }
    if (!Files.exists(file)) return target;
    if (!Files.isRegularFile(file)) {
      throw new UnwritableFileException(file, "is not an ordinary file, and would be replaced by one; give another name");
    }
    if (!Files.isWritable(file)) {
      throw new UnwritableFileException(file, "is write-protected; give another name or permit writing");
    }
    return target;
  }

  /// Where a link leads, whether anything is there yet or not.
  private static Path target(Path file) {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) throw new UnwritableFileException(file, "is one of links that lead nowhere; give another name");
      try {
        target = target.resolveSibling(Files.readSymbolicLink(target));
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
    return target;
  }

  private static Path temporaryBeside(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".tmp");
  }

  private static FileChannel create(Path temporary, Path file) {
    try {
      return FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UnwritableFileException(file, "nothing can be written in " + temporary.getParent() + " (" + reason(e)
          + "); choose another place");
    }
  }

  /// Makes the rename itself outlive a power failure.
  private static void forceFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) return; // Windows opens no folders
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  private static UncheckedIOException failure(Path file, IOException e) {
    return new UncheckedIOException(file + ": cannot be written: " + reason(e) + "; make room there, or choose another place", e);
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException system) {
      return system.getReason() != null ? system.getReason() : e.getClass().getSimpleName().replace("Exception", "");
    }
    return e.getMessage();
  }
}
