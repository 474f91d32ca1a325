package dev.anyrate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.bench.Work;
import dev.anyrate.bench.report.BenchmarkRun;
import dev.anyrate.bench.report.Outcome;
import dev.anyrate.bench.report.Peak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloorsTest {
  private static final Peak PEAK = new Peak(100e9, 10e9);

  private static Outcome reaching(double share, String product) {
    return new Outcome("kernel.MatmulBenchmark", Map.of("product", product), Work.flops(1e9), 1 / (100 * share),
        1 / (100 * share), 0, 0);
  }

  @Test
  void areReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("floors.txt");
    Floors written = Floors.below(List.of(reaching(0.5, "SQUARE_64"), reaching(0.9, "SQUARE_512")), PEAK);
    written.write(file, "a machine");
    Floors read = Floors.read(file);
    assertEquals(written.byName().keySet(), read.byName().keySet());
    assertEquals(0.40, read.byName().get("kernel.MatmulBenchmark product=SQUARE_64"), 1e-3);
    assertEquals(0.72, read.byName().get("kernel.MatmulBenchmark product=SQUARE_512"), 1e-3);
  }

  @Test
  void newerOnesReplaceThoseOfTheSameBenchmark() {
    Floors old = Floors.below(List.of(reaching(0.5, "SQUARE_64"), reaching(0.9, "SQUARE_512")), PEAK);
    Floors all = old.with(Floors.below(List.of(reaching(0.75, "SQUARE_64"), reaching(0.25, "SQUARE_207")), PEAK));
    assertEquals(Set.of("SQUARE_64", "SQUARE_207", "SQUARE_512"),
        all.byName().keySet().stream().map(name -> name.substring(name.indexOf('=') + 1)).collect(Collectors.toSet()));
    assertEquals(0.60, all.byName().get("kernel.MatmulBenchmark product=SQUARE_64"), 1e-9);
    assertEquals(0.72, all.byName().get("kernel.MatmulBenchmark product=SQUARE_512"), 1e-9);
  }

  @Test
  void areOnlyThoseOfTheSameVectors() {
    assertTrue(Floors.bundled(1024).isEmpty());
    assertNotEquals(Floors.bundled(256), Floors.bundled(512));
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void bundledOnesNameBenchmarksThatExist(int vectorBits) {
    SortedSet<String> classes = BenchmarkRun.find(SpeedGuard.PATTERN);
    for (String name : Floors.bundled(vectorBits).orElseThrow().byName().keySet()) {
      assertTrue(classes.contains("dev.anyrate.bench." + name.split(" ", 2)[0]), name);
    }
  }
}
