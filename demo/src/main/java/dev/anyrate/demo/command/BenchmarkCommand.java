package dev.anyrate.demo.command;

import dev.anyrate.augment.read.DatasetFolder;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.MissingValues;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.page.BenchmarkPage;
import dev.anyrate.demo.report.HtmlReport;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.proof.Benchmark;
import dev.anyrate.model.evaluate.proof.BenchmarkFile;
import dev.anyrate.model.evaluate.proof.Measurement;
import dev.anyrate.model.evaluate.proof.Measurements;
import dev.anyrate.model.evaluate.proof.MeasurementFile;
import dev.anyrate.model.evaluate.proof.ProofOptions;
import dev.anyrate.model.io.AtomicFile;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingListener;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate benchmark`: trains and proves every dataset with one setting, and compares the methods over all of them.
@Command(name = "benchmark", description = "Trains and proves every dataset folder with one setting and compares all methods over them; goes on where it was interrupted.")
public final class BenchmarkCommand implements Callable<Integer> {
  private static final String SETTINGS = "settings.txt";
  private static final String CHECKPOINT = "model.safetensors";
  private static final String SUMMARY = "benchmark.json";
  private static final String PAGE = "benchmark.html";

  @Option(names = "--data", paramLabel = "DIR", required = true, arity = "1..*", description = "dataset folders, each NAME/ with NAME_TRAIN.* and NAME_TEST.*")
  private List<Path> data;

  @Option(names = "--missing", paramLabel = "POLICY", defaultValue = "interpolate", description = "what to do with missing values: refuse, or interpolate (default: ${DEFAULT-VALUE})")
  private MissingValues missing;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "folder for everything; made if missing. What stands there already is not computed again")
  private Path out;

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "trainings of each dataset (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "the first seed (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--preset", paramLabel = "NAME", defaultValue = "invariant", description = "as of train (default: ${DEFAULT-VALUE})")
  private Preset preset;

  @Option(names = "--epochs", paramLabel = "N", description = "as of train (default: the preset's)")
  private Integer epochs;

  @Option(names = "--no-baselines", description = "leave out MiniRocket and the encoder trained without rate views")
  private boolean noBaselines;

  @Mixin
  private EngineArguments engineArguments;

  BenchmarkCommand() {}

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) throw new IllegalArgumentException("--seeds " + seeds + ": give 1 or more");
    Files.createDirectories(out);
    keepToSettings();
    Map<String, Measurements> bySet = new LinkedHashMap<>();
    try (Engine engine = engineArguments.open()) {
      for (Path folder : data) {
        String name = new DatasetFolder(folder).name();
        if (bySet.containsKey(name))
          throw new IllegalArgumentException(folder + ": a dataset of this name was given already; give each once");
        bySet.put(name, dataset(engine, folder, name));
      }
    }
    Benchmark benchmark = Benchmark.of(bySet);
    BenchmarkFile.write(benchmark, out.resolve(SUMMARY));
    HtmlReport.write(out.resolve(PAGE), new BenchmarkPage(benchmark, seeds).page());
    new BenchmarkSummary(benchmark).print(System.out);
    System.out.printf("written: %s and %s%n", out.resolve(PAGE), out.resolve(SUMMARY));
    return 0;
  }

  /// Results of two settings must not end in one table.
  private void keepToSettings() throws IOException {
    Path file = out.resolve(SETTINGS);
    String settings = "version " + Version.current() + "\npreset " + preset + "\nepochs " + (epochs == null ? "usual" : epochs)
        + "\nbaselines "
        + !noBaselines + "\nmissing " + missing + "\n";
    if (Files.exists(file) && !Files.readString(file).equals(settings)) {
      throw new IllegalArgumentException(out + ": holds results of other settings or of another version, see " + file
          + "; give another folder, or the settings that stand there");
    }
    AtomicFile.write(file, stream -> stream.write(settings.getBytes(StandardCharsets.UTF_8)));
  }

  private Measurements dataset(Engine engine, Path folder, String name) throws IOException {
    var all = new ArrayList<Measurement>();
    for (long one : ProofOptions.seeds(seed, seeds)) {
      Path place = out.resolve(name).resolve("seed-" + one);
      if (Files.exists(ProofRun.rows(place))) {
        System.out.printf("%s, seed %d: done already%n", name, one);
      } else {
        prove(engine, folder, place, name, one);
      }
      all.addAll(MeasurementFile.read(ProofRun.rows(place)).rows());
    }
    return new Measurements(all);
  }

  private void prove(Engine engine, Path folder, Path place, String name, long one) throws IOException {
    var set = new DatasetFolder(folder);
    TimeSeriesSet train = missing.apply(set.train()).set();
    TimeSeriesSet test = missing.apply(set.test()).set();
    ProofRun.requireWritable(place);
    Path checkpoint = place.resolve(CHECKPOINT);
    long start = System.nanoTime();
    try (TrainingSession session = session(engine, train, checkpoint, one)) {
      session.run(checkpoint, TrainingListener.SILENT);
      double trained = (System.nanoTime() - start) * 1e-9;
      var run = new ProofRun(engine, session.model(), Optional.of(TrainingState.read(checkpoint)), train, test, 1, !noBaselines);
      run.write(ProofOptions.of(one, 1), place, _ -> {});
      System.out.printf("%s, seed %d: trained in %.1f s, proven in %.1f s%n", name, one, trained,
          (System.nanoTime() - start) * 1e-9 - trained);
    }
  }

  private TrainingSession session(Engine engine, TimeSeriesSet train, Path checkpoint, long one) {
    if (Files.exists(TrainingState.besides(checkpoint)))
      return TrainingSession.resume(engine, train, checkpoint, Optional.empty());
    TrainingConfig usual = preset.defaults(train, preset.batch(), one);
    return TrainingSession.start(engine, train, epochs == null ? usual : usual.withEpochs(epochs));
  }
}
