package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.augment.write.SeriesOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// A user's folder: data in it, and commands that run over it.
///
/// @param folder where everything is
record Workplace(Path folder) {
  /// Options of a training that takes a fraction of a second.
  static final Object[] QUICK = {"--epochs", 1, "--hidden", 4, "--dim", 8, "--kernels", 84};

  Path path(String name) {
    return folder.resolve(name);
  }

  /// A folder in it, made if it is missing.
  Path folder(String name) {
    try {
      return Files.createDirectories(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A text file of these lines.
  Path file(String name, String... lines) {
    try {
      return Files.writeString(path(name), lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of series, in the format of its extension.
  Path series(String name, TimeSeriesSet set) {
    try (var out = Files.newOutputStream(path(name))) {
      SeriesOutput.of(path(name)).write(out, set);
      return path(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A dataset folder `NAME/` with both parts as `.ts`.
  Path dataset(String name, TimeSeriesSet train, TimeSeriesSet test) {
    folder(name);
    series(name + "/" + name + "_TRAIN.ts", train);
    series(name + "/" + name + "_TEST.ts", test);
    return path(name);
  }

  /// A dataset of synthetic series in three classes.
  Path dataset(String name, int length, int channels) {
    return dataset(name, SyntheticData.create(18, length, channels, 3, 1), SyntheticData.create(12, length, channels, 3, 2));
  }

  /// A checkpoint of a short training.
  Path checkpoint(String name, Path data) {
    train(name, data).succeeded();
    return path(name);
  }

  /// A short training.
  ///
  /// @param options behind those of [#QUICK], which they overrule
  Outcome train(String name, Path data, Object... options) {
    return Outcome.of(Stream.of(new Object[] {"train", "--data", data, "--out", path(name)}, QUICK, options)
        .flatMap(Stream::of).toArray());
  }

  /// Runs a command that must be refused, and checks that it leaves no file behind and every old one as it was.
  ///
  /// @return the outcome, to say what its message must hold
  Outcome untouchedBy(Object... arguments) {
    Map<Path, Long> before = contents();
    Outcome outcome = Outcome.of(arguments);
    assertEquals(before, contents(), () -> "files and their checksums; stderr: " + outcome.err());
    return outcome;
  }

  private Map<Path, Long> contents() {
    try (Stream<Path> files = Files.walk(folder)) {
      var contents = new TreeMap<Path, Long>();
      for (Path file : files.filter(Files::isRegularFile).toList()) contents.put(file, checksum(file));
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checksum(Path file) throws IOException {
    var checksum = new CRC32C();
    checksum.update(Files.readAllBytes(file));
    return checksum.getValue();
  }
}
