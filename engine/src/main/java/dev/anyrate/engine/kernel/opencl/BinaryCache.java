package dev.anyrate.engine.kernel.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compiled programs in the user's cache folder, so that a device's compiler runs once for each version of a program.
///
/// A file holds the SHA-256 of the binary and then the binary. It is written beside its place and moved there, so it is whole or not there at all; one
/// that was damaged since is not taken. A folder that cannot be written to costs time at every start, of which a warning tells, and
/// nothing else.
///
/// @param folder of the files
record BinaryCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(BinaryCache.class);
  private static final int KEY_DIGITS = 40;

  /// What could not be written, by key: within a process a program is compiled once all the same.
  private static final Map<String, byte[]> UNWRITTEN = new ConcurrentHashMap<>();

  /// The cache of this user: `$XDG_CACHE_HOME/anyrate/opencl`, or `~/.cache/anyrate/opencl`.
  static BinaryCache ofUser() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path caches = given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
    return new BinaryCache(caches.resolve("anyrate").resolve("opencl"));
  }

  /// The name of a program: everything that its binary depends on.
  static String key(DeviceDescription device, String options, String source) {
    String all = String.join("\0", device.platform(), device.name(), device.version(), device.driver(), options, source);
    return HexFormat.of().formatHex(sha256(all.getBytes(StandardCharsets.UTF_8))).substring(0, KEY_DIGITS);
  }

  /// The binary of that name, if it is there and whole.
  Optional<byte[]> read(String key) {
    try {
      byte[] file = Files.readAllBytes(folder.resolve(key));
      byte[] empty = sha256(new byte[0]);
      if (file.length <= empty.length) return Optional.empty();
      byte[] binary = Arrays.copyOfRange(file, empty.length, file.length);
      boolean whole = MessageDigest.isEqual(sha256(binary), Arrays.copyOf(file, empty.length));
      if (!whole) LOG.info("the cached OpenCL program {} is damaged and is compiled anew", folder.resolve(key));
      return whole ? Optional.of(binary) : Optional.empty();
    } catch (IOException _) {
      return Optional.ofNullable(UNWRITTEN.get(key)); // else it is not there yet
    }
  }

  /// Keeps a binary.
  void write(String key, byte[] binary) {
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, key, ".tmp");
      try {
        byte[] checksum = sha256(binary);
        byte[] file = Arrays.copyOf(checksum, checksum.length + binary.length);
        System.arraycopy(binary, 0, file, checksum.length, binary.length);
        Files.write(temporary, file);
        Files.move(temporary, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      if (UNWRITTEN.isEmpty())
        LOG.warn("compiled OpenCL programs cannot be kept in {} ({}): every start compiles them", folder, e.toString());
      UNWRITTEN.put(key, binary);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
