package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `benchmark`: one setting for every dataset, and no work done twice.
class BenchmarkJobTest {
  @TempDir
  private Path folder;

  private CommandRun benchmark(Object... more) {
    Object[] arguments = new Object[7 + more.length];
    Object[] fixed = {"benchmark", "--data", folder.resolve("One"), folder.resolve("Two"), "--out", folder.resolve("out"),
        "--no-baselines"};
    System.arraycopy(fixed, 0, arguments, 0, fixed.length);
    System.arraycopy(more, 0, arguments, fixed.length, more.length);
    return CommandRun.of(arguments);
  }

  @Test
  void comparesDatasetsAndGoesOnWhereItWasInterrupted() throws IOException {
    SmallDataset.write(folder, "One", 40, 2);
    SmallDataset.write(folder, "Two", 30, 2);
    CommandRun run = benchmark("--epochs", 1);
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/benchmark.json").toFile());
    assertEquals(2, json.path("datasets").size());
    assertTrue(Files.readString(folder.resolve("out/benchmark.html")).contains("critical difference"));

    Files.delete(folder.resolve("out/Two/seed-1/proof.csv")); // as if interrupted there
    CommandRun again = benchmark("--epochs", 1);
    assertEquals(0, again.exitCode(), () -> again.errors().toString());
    assertTrue(again.out().contains("One, seed 1: done already"), again.out());
    assertTrue(again.out().contains("Two, seed 1: trained"), again.out());
    assertEquals(json, new ObjectMapper().readTree(folder.resolve("out/benchmark.json").toFile()));

    CommandRun other = benchmark("--epochs", 2);
    assertEquals(2, other.exitCode());
    assertEquals(1, other.errors().size(), () -> other.errors().toString());
  }
}
