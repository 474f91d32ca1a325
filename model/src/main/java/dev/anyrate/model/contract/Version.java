package dev.anyrate.model.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is, so that a checkpoint or a report can be traced to the program that made it.
///
/// @param version of the library
/// @param commit  that it was built from, `unknown` where the build was not told
public record Version(String version, String commit) {
  private static final String RESOURCE = "version.properties"; // filled in by the build

  /// This build.
  public static Version current() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      var properties = new Properties();
      properties.load(in);
      return new Version(properties.getProperty("version"), properties.getProperty("commit"));
    } catch (IOException e) {
      throw new UncheckedIOException("version: " + RESOURCE + " cannot be read", e);
    }
  }

  /// Such as `0.1.0 (37ba999)`.
  @Override
  public String toString() {
    return version + " (" + commit + ")";
  }
}
