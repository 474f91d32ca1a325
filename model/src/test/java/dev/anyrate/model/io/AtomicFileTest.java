package dev.anyrate.model.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir
  private Path folder;

  @Test
  void createsAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write(bytes("first, and longer")));
    AtomicFile.write(file, out -> out.write(bytes("second")));
    assertEquals("second", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIsComplete() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFile.write(file, out -> {
      out.write(bytes("new"));
      out.flush();
      assertEquals("old", Files.readString(file));
    });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    var full = assertThrows(UncheckedIOException.class, () -> AtomicFile.write(file, out -> {
      out.write(new byte[100_000]);
      throw new IOException("No space left on device");
    }));
    assertEquals(file + ": cannot be written: No space left on device; make room there, or choose another place",
        full.getMessage());
    assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, _ -> {
      throw new IllegalStateException("a mistake in the content");
    }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void aFullDiskIsReported() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    Path file = folder.resolve("a.txt");
    var problem = assertThrows(UncheckedIOException.class, () -> AtomicFile.write(file, _ -> {
      try (OutputStream disk = Files.newOutputStream(full)) {
        disk.write(1);
      }
    }));
    assertTrue(problem.getMessage().startsWith(file + ": cannot be written: "), problem.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsNamed() throws IOException {
    Path missing = folder.resolve("none").resolve("a.txt");
    assertRefused(missing, "the folder " + missing.getParent() + " does not exist; create it first");
    assertRefused(folder, "is a folder; give the name of a file");
    assertRefused(Files.writeString(folder.resolve("file"), "").resolve("a.txt"), "does not exist; create it first");
    assertRefused(folder.resolve("n".repeat(300)), "nothing can be written in");
  }

  @Test
  void aDeviceIsNotReplaced() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null on this system");
    assertRefused(device, "is not an ordinary file");
    assertFalse(Files.isRegularFile(device));
  }

  @Test
  void permissionsAreRespected() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assumeTrue(file.toFile().setWritable(false) && !Files.isWritable(file), "the administrator may write everything");
    assertRefused(file, "is write-protected");
    assumeTrue(folder.toFile().setWritable(false), "folders have no permissions here");
    try {
      assertRefused(folder.resolve("b.txt"), "nothing can be written in");
    } finally {
      assertTrue(folder.toFile().setWritable(true));
    }
  }

  @Test
  void askingEarlyLeavesNoTrace() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFile.requireWritable(file);
    AtomicFile.requireWritable(folder.resolve("b.txt"));
    assertEquals(List.of(file), files());
    assertEquals("old", Files.readString(file));
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path file = Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("a.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aLinkToWhatIsNotThereYetIsFollowed() throws IOException {
    Path file = Files.createDirectory(folder.resolve("real")).resolve("a.txt");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real", "a.txt"));
    AtomicFile.requireWritable(link);
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  /// Asked early as well: the place is that of the link's target.
  @Test
  void aLinkIntoAFolderThatIsNotThereIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("none").resolve("a.txt"));
    assertRefused(link, "the folder " + folder.resolve("none") + " does not exist; create it first");
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void aCircleOfLinksIsRefused() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("other"), one);
    assertRefused(one, "links that lead nowhere");
  }

  /// A second JVM rewrites a file without pause and is killed at many moments; each time the file is one of its whole versions.
  @Test
  void aKilledWriterLeavesAWholeFile() throws IOException, InterruptedException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write(Rewriter.version(0)));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = placeOf(AtomicFile.class) + File.pathSeparator + placeOf(Rewriter.class);
    for (int trial = 0; trial < 5; trial++) {
      long before = Files.getLastModifiedTime(file).toMillis();
      Process writer = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, Rewriter.class.getName(),
          file.toString())
          .inheritIO().start();
      while (Files.getLastModifiedTime(file).toMillis() == before) assertTrue(writer.isAlive(), "the writer ended by itself");
      writer.waitFor(5 + 7L * trial, TimeUnit.MILLISECONDS);
      writer.destroyForcibly().waitFor();
      assertTrue(Rewriter.isWhole(Files.readAllBytes(file)), "a mixture of versions after kill " + trial);
    }
  }

  private static String placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
  }

  /// Writes version after version until it is killed; one that is whole consists of one byte repeated [#SIZE] times.
  static final class Rewriter {
    private static final int SIZE = 300_000;

    static byte[] version(int number) {
      byte[] bytes = new byte[SIZE];
      Arrays.fill(bytes, (byte) number);
      return bytes;
    }

    static boolean isWhole(byte[] bytes) {
      return bytes.length == SIZE && Arrays.equals(bytes, version(bytes[0]));
    }

    public static void main(String[] arguments) {
      for (int number = 0;; number++) {
        byte[] version = version(number);
        AtomicFile.write(Path.of(arguments[0]), out -> {
          for (int i = 0; i < SIZE; i += 1000) out.write(version, i, 1000);
        });
      }
    }
  }

  private void assertRefused(Path file, String problem) {
    for (Runnable attempt : List.<Runnable>of(() -> AtomicFile.requireWritable(file), () -> AtomicFile.write(file, _ -> {}))) {
      String message = assertThrows(UnwritableFileException.class, attempt::run).getMessage();
      assertTrue(message.startsWith(file + ": ") && message.contains(problem), message);
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
