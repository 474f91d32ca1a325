package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  }

  @Test
  void takesTheSettingsOfATrainingAndKeepsToThem() throws IOException {
    Path one = SmallDataset.write(folder, "One", 40, 1);
    SmallDataset.write(folder, "Two", 30, 1);
    Object[] settings = {"--epochs", 1, "--hidden", 4, "--dim", 8, "--lr", 0.003, "--batch", 6, "--ema", 0.5, "--preset",
        "reference",
        "--rate-hz", 50, "--seed", 3};
    CommandRun run = benchmark(settings);
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
    Path checkpoint = folder.resolve("out/One/seed-3/model.safetensors");
    TrainingConfig used = TrainingState.read(checkpoint).config();
    assertEquals(List.of(1, 4, 8, 0.003f, 6, 0.5f, Preset.REFERENCE, 3L),
        List.of(used.epochs(), used.sizes().hidden(), used.sizes().embedding(), used.optimization().learningRate(), used.batch(),
            used.optimization().averaging(), used.preset(), used.seed()));

    for (Object[] other : new Object[][] {{"--lr", 0.004}, {"--epochs", 2}, {"--missing", "refuse"}, {"--clip", 1},
        {"--rate-hz", 60}}) {
      Object[] changed = Stream.concat(Stream.of(settings), Stream.of(other)).toArray();
      refused(benchmark(changed), "results of other settings");
    }
    Files.copy(folder.resolve("Two/Two_TRAIN.ts"), one.resolve("One_TRAIN.ts"), StandardCopyOption.REPLACE_EXISTING);
    refused(benchmark(settings), "results of other data under the same name");
  }

  @Test
  void refusesBeforeTheWorkWhatCannotBeDone() throws IOException {
    SmallDataset.write(folder, "One", 40, 1);
    SmallDataset.write(folder, "Two", 30, 1);
    refused(benchmark("--data", folder.resolve("One")), "was given already");
    refused(benchmark("--seeds", 0), "--seeds 0");
    refused(benchmark("--rate-hz", -1), "--rate-hz -1");
    Files.delete(folder.resolve("Two/Two_TEST.ts"));
    refused(benchmark(), "Two: no TEST part");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  private static void refused(CommandRun run, String words) {
    assertEquals(2, run.exitCode(), run::out);
    assertEquals(1, run.errors().size(), () -> run.errors().toString());
    assertTrue(run.errors().getFirst().contains(words), run.errors().getFirst());
  }

  /// What shapes a training is asked by the same options: a setting that only `train` knew could not be benchmarked.
  @Test
  void knowsEveryOptionOfATraining() {
    Set<String> ofTrain = options("train");
    ofTrain.removeAll(Set.of("--resume"));
    ofTrain.removeAll(options("benchmark"));
    assertEquals(Set.of(), ofTrain);
  }

  private static Set<String> options(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    return Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)").matcher(help.out()).results().map(option -> option.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
