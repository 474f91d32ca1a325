package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The public datasets, which are not part of this project: in the folder of the property `anyrate.data`, by default
/// `../shared/data` beside the checkout.
public final class RealData {
  private RealData() {}

  /// The folder of a dataset; the calling test is skipped where it is missing.
  public static Path folder(String dataset) {
    Path folder = Path.of(System.getProperty("anyrate.data", "../../shared/data")).resolve(dataset);
    assumeTrue(Files.isDirectory(folder), () -> "skipped: no real data at " + folder.toAbsolutePath().normalize()
        + "; set -Danyrate.data to the folder that holds " + dataset);
    return folder;
  }
}
