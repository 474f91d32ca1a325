package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.anyrate.engine.kernel.opencl.DeviceDescription.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  private static final byte[] BINARY = {1, 2, 3, 4, 5};

  @TempDir
  private Path folder;

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    var cache = new BinaryCache(folder.resolve("not").resolve("there yet"));
    assertEquals(Optional.empty(), cache.read("a"));
    cache.write("a", BINARY);
    assertArrayEquals(BINARY, cache.read("a").orElseThrow());
    assertEquals(Optional.empty(), cache.read("b"));
    try (Stream<Path> files = Files.list(cache.folder())) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void aDamagedFileIsNotTaken() throws IOException {
    var cache = new BinaryCache(folder);
    cache.write("a", BINARY);
    byte[] good = Files.readAllBytes(folder.resolve("a"));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(folder.resolve("a"), bad);
      assertEquals(Optional.empty(), cache.read("a"), "byte " + i);
    }
    for (int length = 0; length < good.length; length++) {
      Files.write(folder.resolve("a"), Arrays.copyOf(good, length));
      assertEquals(Optional.empty(), cache.read("a"), "cut to " + length);
    }
  }

  @Test
  void whatCannotBeWrittenIsKeptForThisProcess() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    var cache = new BinaryCache(file.resolve("below a file"));
    cache.write("unwritten", BINARY);
    assertArrayEquals(BINARY, cache.read("unwritten").orElseThrow());
    assertEquals(Optional.empty(), cache.read("another"));
  }

  @Test
  void theKeyDependsOnDeviceDriverOptionsAndSource() {
    String key = BinaryCache.key(device("card", "1"), "-D A", "source");
    assertEquals(key, BinaryCache.key(device("card", "1"), "-D A", "source"));
    assertNotEquals(key, BinaryCache.key(device("other", "1"), "-D A", "source"));
    assertNotEquals(key, BinaryCache.key(device("card", "2"), "-D A", "source"));
    assertNotEquals(key, BinaryCache.key(device("card", "1"), "-D B", "source"));
    assertNotEquals(key, BinaryCache.key(device("card", "1"), "-D A", "other"));
  }

  private static DeviceDescription device(String name, String driver) {
    return new DeviceDescription(0, "platform", name, "OpenCL 1.2", driver, Type.GPU, 1, 1, false, 1, 1, 1, true, 1, 1, false,
        true);
  }
}
