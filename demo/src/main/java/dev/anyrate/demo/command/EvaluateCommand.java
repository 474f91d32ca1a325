package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.page.EvaluationPage;
import dev.anyrate.demo.page.Verdict;
import dev.anyrate.demo.report.HtmlReport;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.Evaluation;
import dev.anyrate.model.evaluate.EvaluationOptions;
import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.ReportFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate evaluate`: how well a trained encoder holds at rates it never saw.
@Command(name = "evaluate", description = "Fits probes to the TRAIN part at its native rate and tests them on the TEST part at every rate. Both parts are needed: give a dataset folder, or a .npz file.")
public final class EvaluateCommand implements Callable<Integer> {
  @Option(names = "--checkpoint", paramLabel = "FILE", required = true, description = "written by train")
  private Path checkpoint;

  @Mixin
  private DataArguments data;

  @Option(names = "--probe-data", paramLabel = "PATH", description = "dataset whose TRAIN part the probes are fitted to, for a change of recorder (default: that of --data)")
  private Path probeData;

  @Option(names = "--rates", paramLabel = "X", split = ",", description = "relative to the native rate (default: 0.25,0.5,0.75,1,1.5,2,4)")
  private List<Double> rates = RateProtocol.DEFAULT_RATES;

  @Option(names = "--out", paramLabel = "FILE.json", description = "the numbers")
  private Path out;

  @Option(names = "--html", paramLabel = "FILE.html", description = "the report as one self-contained page")
  private Path html;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "of the augmented copies for the second probe (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin
  private EngineArguments engineArguments;

  EvaluateCommand() {}

  @Override
  public Integer call() {
    if (out != null) OutputFile.require(out, ".json");
    if (html != null) OutputFile.require(html, ".html");
    TimeSeriesSet train = probeData == null ? data.read(Split.TRAIN) : data.read(probeData, Split.TRAIN);
    TimeSeriesSet test = data.read(Split.TEST);
    try (Engine engine = engineArguments.open();
        ContrastiveModel model = ContrastiveModel.load(engine, checkpoint);
        ContrastiveModel untrained = model.untrained(train)) {
      var options = new EvaluationOptions(rates, seed, engine.report().chosen(), model.config().encoder().name());
      EvaluationReport report = Evaluation.run(train, test, model::encode, untrained::encode, options);
      Stream.of(Remarks.unfinished(model, checkpoint), Remarks.outside(model, train, test)).flatMap(Optional::stream)
          .forEach(Warning::say); // last: of series that are refused, nothing else is to be said
      new RateSummary(report).print(System.out);
      new Verdict(report).paragraphs().forEach(System.out::println);
      if (out != null) ReportFile.write(report, model.contract(), out);
      if (html != null) HtmlReport.write(html, new EvaluationPage(report, model.contract()).page());
      String written = Stream.of(html, out).filter(Objects::nonNull).map(Path::toString).collect(Collectors.joining(" and "));
      if (!written.isEmpty()) System.out.println("written: " + written);
    }
    return 0;
  }
}
