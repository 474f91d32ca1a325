package dev.anyrate.demo.command;

import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.demo.page.DemoPage;
import dev.anyrate.demo.page.Verdict;
import dev.anyrate.demo.report.HtmlReport;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.Evaluation;
import dev.anyrate.model.evaluate.EvaluationOptions;
import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.ReportFile;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate demo`: the whole main job on data that the program makes, in under a minute.
@Command(name = "demo", description = "Makes synthetic series, trains on them, evaluates at many rates and writes a report page.")
public final class DemoCommand implements Callable<Integer> {
  private static final int SERIES = 200;
  private static final int LENGTH = 128;
  private static final int CLASSES = 5;

  private final int series;
  private final UnaryOperator<TrainingConfig> changes;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "anyrate-demo", description = "folder for checkpoint, report.json and report.html, made if missing; replaces what an earlier demo left there, and nothing else (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "of data, parameters and views (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin
  private EngineArguments engineArguments;

  DemoCommand() {
    this(SERIES, UnaryOperator.identity());
  }

  /// A smaller demo, for tests.
  ///
  /// @param series  in each part
  /// @param changes to the usual training
  DemoCommand(int series, UnaryOperator<TrainingConfig> changes) {
    this.series = series;
    this.changes = changes;
  }

  @Override
  public Integer call() throws IOException {
    var folder = new DemoFolder(out);
    folder.requireFree();
    TimeSeriesSet train = SyntheticData.create(series, LENGTH, 1, CLASSES, seed);
    TimeSeriesSet test = SyntheticData.create(series, LENGTH, 1, CLASSES, seed + 1);
    TrainingConfig config = changes.apply(Preset.INVARIANT.defaults(train, Preset.INVARIANT.batch(), seed));
    try (Engine engine = engineArguments.open(); TrainingSession session = TrainingSession.start(engine, train, config)) {
      folder.make();
      System.out.printf("1. %d synthetic series of %d samples in %d classes to train on, as many to test%n", train.size(), LENGTH,
          CLASSES);
      System.out.printf("2. training, without labels: %s, %d parameters%n", Count.of(config.epochs(), "epoch"),
          session.model().state().parameterCount());
      train(session, train, folder);
      System.out.println("3. evaluation: a probe learns the classes at the native rate and is tested at others");
      EvaluationReport report = evaluate(engine, session, train, test, folder);
      System.out.println("4. written");
      System.out.printf("   %s   open it in a browser%n   %s%n   %s%n", folder.page(), folder.report(), folder.checkpoint());
      new Verdict(report).paragraphs().forEach(System.out::println);
    }
    return 0;
  }

  private static void train(TrainingSession session, TimeSeriesSet train, DemoFolder folder) {
    try (var progress = new ConsoleProgress(session.config().epochs(), train.size())) {
      session.run(folder.checkpoint(), progress);
      session.health().warning().ifPresent(progress::warning);
    }
  }

  private EvaluationReport evaluate(Engine engine, TrainingSession session, TimeSeriesSet train, TimeSeriesSet test,
      DemoFolder folder) {
    ContrastiveModel model = session.model();
    try (ContrastiveModel untrained = model.untrained(train)) {
      var options = EvaluationOptions.of(seed, engine.report().chosen(), model.config().encoder().name());
      EvaluationReport report = Evaluation.run(train, test, model::encode, untrained::encode, options);
      new RateSummary(report).print(System.out);
      ReportFile.write(report, model.contract(), folder.report());
      HtmlReport.write(folder.page(),
          new DemoPage(report, model.contract(), test, model::encodeUnwhitened, untrained::encodeUnwhitened,
              session.progress().losses(), session.pairsPerStep()).page());
      return report;
    }
  }
}
