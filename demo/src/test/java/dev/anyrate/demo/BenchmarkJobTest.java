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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `benchmark`: one setting for every dataset, and no work done twice.
class BenchmarkJobTest {
  private static final Object[] SMALL = {"--epochs", 1, "--hidden", 4, "--dim", 8, "--kernels", 84};

  @TempDir
  private Path folder;
  private Workplace work;

  @BeforeEach
  void openWorkplace() {
    work = new Workplace(folder);
  }

  private Outcome benchmark(Object... more) {
    Object[] arguments = new Object[7 + more.length];
    Object[] fixed = {"benchmark", "--data", folder.resolve("One"), folder.resolve("Two"), "--out", folder.resolve("out"),
        "--no-baselines"};
    System.arraycopy(fixed, 0, arguments, 0, fixed.length);
    System.arraycopy(more, 0, arguments, fixed.length, more.length);
    return Outcome.of(arguments);
  }

  @Test
  void comparesDatasetsAndGoesOnWhereItWasInterrupted() throws IOException {
    work.dataset("One", 40, 2);
    work.dataset("Two", 30, 2);
    benchmark(SMALL).worked();
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/benchmark.json").toFile());
    assertEquals(2, json.path("datasets").size());
    assertTrue(Files.readString(folder.resolve("out/benchmark.html")).contains("critical difference"));

    Files.delete(folder.resolve("out/Two/seed-1/proof.csv")); // as if interrupted there
    benchmark(SMALL).worked()
        .printed("One, seed 1: done already")
        .printed("Two, seed 1: trained");
    assertEquals(json, new ObjectMapper().readTree(folder.resolve("out/benchmark.json").toFile()));
  }

  @Test
  void numbersHaveAPointInEveryLocale() {
    work.dataset("One", 40, 1);
    work.dataset("Two", 30, 1);
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String line = benchmark(SMALL).worked().out().getFirst();
      assertTrue(line.matches("One, seed 1: trained in \\d+\\.\\d s, proven in \\d+\\.\\d s"), line);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void takesTheSettingsOfATrainingAndKeepsToThem() throws IOException {
    Path one = work.dataset("One", 40, 1);
    work.dataset("Two", 30, 1);
    Object[] settings = {"--epochs", 1, "--hidden", 4, "--dim", 8, "--lr", 0.003, "--batch", 6, "--ema", 0.5,
        "--preset",
        "reference",
        "--rate-hz", 50, "--seed", 3};
    benchmark(settings).worked();
    Path checkpoint = folder.resolve("out/One/seed-3/model.safetensors");
    TrainingConfig used = TrainingState.read(checkpoint).config();
    assertEquals(List.of(1, 4, 8, 0.003f, 6, 0.5f, Preset.REFERENCE, 3L),
        List.of(used.epochs(), used.sizes().hidden(), used.sizes().embedding(), used.optimization().learningRate(), used.batch(),
            used.optimization().averaging(), used.preset(), used.seed()));

    for (Object[] other : new Object[][] {{"--lr", 0.004}, {"--epochs", 2}, {"--missing", "refuse"}, {"--clip", 1},
        {"--rate-hz", 60}}) {
      Object[] changed = Stream.concat(Stream.of(settings), Stream.of(other)).toArray();
      benchmark(changed).refused("results of other settings");
    }
    Files.copy(folder.resolve("Two/Two_TRAIN.ts"), one.resolve("One_TRAIN.ts"), StandardCopyOption.REPLACE_EXISTING);
    benchmark(settings).refused("results of other data under the same name");
  }

  @Test
  void refusesBeforeTheWorkWhatCannotBeDone() throws IOException {
    work.dataset("One", 40, 1);
    work.dataset("Two", 30, 1);
    benchmark("--data", folder.resolve("One")).refused("was given already");
    Path stray = work.file("README.md", "of the data"); // as 'data/*' gives it
    benchmark("--data", stray).refused(stray + ": is a file, not the folder of a dataset");
    benchmark("--seeds", 0).refused("--seeds 0");
    benchmark("--epochs", 0).refused("epochs: 0"); // a folder that kept such settings would refuse the right ones
    benchmark("--encoder", "transformer", "--patch", 1000).refused("a patch of 1000 samples");
    benchmark("--rate-hz", -1).refused("--rate-hz -1");
    Files.delete(folder.resolve("Two/Two_TEST.ts"));
    benchmark().refused("Two: no TEST part");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  /// What shapes a training is asked by the same options: a setting that only `train` knew could not be benchmarked.
  @Test
  void knowsEveryOptionOfATraining() {
    Set<String> ofTrain = options("train");
    ofTrain.removeAll(Set.of("--resume", "--overwrite")); // a benchmark goes on by itself, and replaces nothing
    ofTrain.removeAll(options("benchmark"));
    assertEquals(Set.of(), ofTrain);
  }

  private static Set<String> options(String command) {
    Pattern option = Pattern.compile("^ +(?:-\\w, )?(--[a-z-]+)");
    return Outcome.of(command, "--help").out().stream().map(option::matcher).filter(Matcher::find).map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
