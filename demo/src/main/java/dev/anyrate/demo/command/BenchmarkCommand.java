package dev.anyrate.demo.command;

import dev.anyrate.augment.read.DatasetFolder;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.MissingValues;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.page.BenchmarkPage;
import dev.anyrate.demo.report.HtmlReport;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.proof.Benchmark;
import dev.anyrate.model.evaluate.proof.BenchmarkFile;
import dev.anyrate.model.evaluate.proof.Measurement;
import dev.anyrate.model.evaluate.proof.Measurements;
import dev.anyrate.model.evaluate.proof.MeasurementFile;
import dev.anyrate.model.evaluate.proof.ProofOptions;
import dev.anyrate.model.train.TrainingListener;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate benchmark`: trains and proves every dataset with one setting, and compares the methods over all of them.
@Command(name = "benchmark", description = "Trains and proves every dataset folder with one setting and compares all methods over them; goes on where it was interrupted.")
public final class BenchmarkCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "model.safetensors";
  private static final String SUMMARY = "benchmark.json";
  private static final String PAGE = "benchmark.html";

  @Option(names = "--data", paramLabel = "DIR", required = true, arity = "1..*", description = "dataset folders, each NAME/ with NAME_TRAIN.* and NAME_TEST.*")
  private List<Path> data;

  @Option(names = "--missing", paramLabel = "POLICY", defaultValue = "interpolate", description = "what to do with missing values: refuse, or interpolate (default: ${DEFAULT-VALUE})")
  private MissingValues missing;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "folder for everything; made if missing. What is there already is not computed again")
  private Path out;

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "trainings of each dataset, each with a seed of its own (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "the first seed (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin
  private TrainingArguments training;

  @Option(names = "--no-baselines", description = "leave out MiniRocket and the encoder trained without rate views")
  private boolean noBaselines;

  @Mixin
  private EngineArguments engineArguments;

  BenchmarkCommand() {}

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) throw new IllegalArgumentException("--seeds " + seeds + "; give 1 or more");
    training.requireRate();
    List<DatasetFolder> sets = datasets();
    OutputFolder.requireWritable(out, SUMMARY, PAGE);
    var folder = new BenchmarkFolder(out);
    Map<String, Measurements> bySet = new LinkedHashMap<>();
    try (Engine engine = engineArguments.open()) {
      for (DatasetFolder set : sets) requireProvable(engine, set);
      Files.createDirectories(out);
      folder.keepTo(settings(engine));
      for (DatasetFolder set : sets) {
        folder.keepTo(set);
        bySet.put(set.name(), measurements(engine, set, folder));
      }
    }
    Benchmark benchmark = Benchmark.of(bySet);
    BenchmarkFile.write(benchmark, out.resolve(SUMMARY));
    HtmlReport.write(out.resolve(PAGE), new BenchmarkPage(benchmark, seeds).page());
    new BenchmarkSummary(benchmark).print(System.out);
    System.out.printf("written: %s and %s%n", out.resolve(PAGE), out.resolve(SUMMARY));
    return 0;
  }

  /// Refuses two datasets of one name.
  private List<DatasetFolder> datasets() {
    List<DatasetFolder> sets = data.stream().map(DatasetFolder::new).toList();
    Set<String> names = new HashSet<>();
    for (DatasetFolder set : sets) {
      if (!names.add(set.name()))
        throw new IllegalArgumentException(set.folder() + ": a dataset of this name was given already; give each once");
    }
    return sets;
  }

  /// Refuses series that cannot be trained on or proven with, and settings that do not suit them, before hours of work and before a folder keeps such settings.
  private void requireProvable(Engine engine, DatasetFolder set) {
    TimeSeriesSet train = TrainingArguments.rated(complete(set, Split.TRAIN), training.rateHz());
    LabelledSplit.of(train, complete(set, Split.TEST));
    TrainingSession.start(engine, train, training.config(train, seed)).close();
  }

  /// What decides the results, by the names of options.
  private Map<String, Object> settings(Engine engine) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("version", Version.current());
    settings.put("missing", OptionValues.word(missing));
    settings.put("baselines", !noBaselines);
    settings.put("backend", engine.report().chosen());
    settings.putAll(training.given());
    return settings;
  }

  private Measurements measurements(Engine engine, DatasetFolder set, BenchmarkFolder folder) throws IOException {
    var all = new ArrayList<Measurement>();
    for (long one : ProofOptions.seeds(seed, seeds)) {
      Path place = folder.place(set, one);
      if (Files.exists(ProofRun.rows(place))) {
        System.out.printf("%s, seed %d: done already%n", set.name(), one);
      } else {
        prove(engine, set, place, one);
      }
      all.addAll(MeasurementFile.read(ProofRun.rows(place)).rows());
    }
    return new Measurements(all);
  }

  private void prove(Engine engine, DatasetFolder set, Path place, long one) throws IOException {
    TimeSeriesSet train = complete(set, Split.TRAIN);
    TimeSeriesSet test = complete(set, Split.TEST);
    ProofRun.requireWritable(place);
    Files.createDirectories(place);
    Path checkpoint = place.resolve(CHECKPOINT);
    long start = System.nanoTime();
    try (TrainingSession session = session(engine, TrainingArguments.rated(train, training.rateHz()), checkpoint, one)) {
      session.run(checkpoint, TrainingListener.SILENT);
      double trained = (System.nanoTime() - start) * 1e-9;
      var run = new ProofRun(engine, session.model(), Optional.of(TrainingState.read(checkpoint)),
          ToldRates.of(session.model(), train, test), !noBaselines, List.of());
      run.write(ProofOptions.of(one, 1), place, _ -> {});
      System.out.printf(Locale.ROOT, "%s, seed %d: trained in %.1f s, proven in %.1f s%n", set.name(), one, trained,
          (System.nanoTime() - start) * 1e-9 - trained);
    }
  }

  private TimeSeriesSet complete(DatasetFolder set, Split split) {
    TimeSeriesSet part = set.read(split);
    try {
      return missing.apply(part).set();
    } catch (BadSeriesException gaps) {
      throw gaps.at(set.folder() + ", " + split);
    }
  }

  private TrainingSession session(Engine engine, TimeSeriesSet train, Path checkpoint, long one) {
    return Files.exists(TrainingState.besides(checkpoint))
        ? TrainingSession.resume(engine, train, checkpoint, Optional.empty())
        : TrainingSession.start(engine, train, training.config(train, one));
  }
}
