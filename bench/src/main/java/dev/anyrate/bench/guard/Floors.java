package dev.anyrate.bench.guard;

import dev.anyrate.bench.report.Outcome;
import dev.anyrate.bench.report.Peak;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The least share of peak that each benchmark must reach, by [Outcome#name()].
///
/// Kept as text, one line for each: the floor, then benchmark and parameters. Lines that begin with `#` are comments.
public record Floors(SortedMap<String, Double> byName) {
  /// So much of what was reached is the floor: noise must not trip the guard.
  private static final double SHARE_OF_REACHED = 0.8;

  /// The floors in the jar for vectors of this width: a register tile, and with it the share of the peak that can be reached, hangs on it. Empty where nobody has measured.
  public static Optional<Floors> bundled(int vectorBits) {
    try (InputStream in = Floors.class.getResourceAsStream("floors-" + vectorBits + ".txt")) {
      if (in == null) return Optional.empty();
      return Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The floors in a file.
  public static Floors read(Path file) throws IOException {
    return parse(Files.readAllLines(file));
  }

  static Floors parse(List<String> lines) {
    var floors = new TreeMap<String, Double>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) continue;
      String[] parts = line.strip().split("\\s+", 2);
      floors.put(parts[1], Double.valueOf(parts[0]));
    }
    return new Floors(floors);
  }

  /// Floors a little below what was reached.
  public static Floors below(List<Outcome> outcomes, Peak peak) {
    return new Floors(outcomes.stream()
        .collect(Collectors.toMap(Outcome::name, outcome -> SHARE_OF_REACHED * outcome.share(peak), (a, _) -> a, TreeMap::new)));
  }

  /// These, and of benchmarks that stand in both the newer ones.
  public Floors with(Floors newer) {
    var all = new TreeMap<>(byName);
    all.putAll(newer.byName);
    return new Floors(all);
  }

  /// Writes a file such as [#bundled(int)] reads from the jar.
  ///
  /// @param origin where and when the speeds were reached
  public void write(Path file, String origin) throws IOException {
    var text = new StringBuilder("""
        # Floors of the speed guard: share of the peak measured in the same run, benchmark, parameters.
        # Each is 80 %% of what was reached. Last written on: %s
        # Made by `java -jar bench/target/benchmarks.jar --write-floors FILE`; a pattern leaves the other lines as they are.
        """.formatted(origin));
    byName.forEach((name, floor) -> text.append(String.format(Locale.ROOT, "%.3f  %s\n", floor, name)));
    Files.writeString(file, text);
  }
}
