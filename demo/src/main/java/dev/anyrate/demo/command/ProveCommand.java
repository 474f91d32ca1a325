package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.page.ProofVerdict;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.proof.ProofOptions;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Requirement;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate prove`: everything that is to be known before an encoder is trusted at other rates, and an exit code that can gate a deployment.
@Command(name = "prove", description = "Proves an encoder on a dataset, beside its baselines and controls; exit code 1 where a requirement fails. TRAIN and TEST are needed: give a dataset folder, or a .npz file.")
public final class ProveCommand implements Callable<Integer> {
  @Option(names = "--checkpoint", paramLabel = "FILE", required = true, description = "written by train")
  private Path checkpoint;

  @Mixin
  private DataArguments data;

  @Option(names = "--probe-data", paramLabel = "PATH", description = "dataset whose TRAIN part the probes are fitted to, for a change of recorder (default: that of --data)")
  private Path probeData;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "anyrate-proof", description = "folder for proof.json, proof.csv and proof.html; made if missing (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(names = "--baselines", description = "add the opponents that take their time: MiniRocket, and the same encoder trained without rate views")
  private boolean baselines;

  @Option(names = "--rates", paramLabel = "X", split = ",", description = "relative to the native rate (default: 0.25,0.5,0.75,1,1.5,2,4)")
  private List<Double> rates = RateProtocol.DEFAULT_RATES;

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "repetitions of everything that depends on chance, each with a seed of its own (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "the first seed (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--require", paramLabel = "CONDITION", split = ",", description = "such as accuracy@0.25>=0.9, retention@worst>=0.8, auroc@2/window>=0.7, noise<=chance; in place of the usual ones, of which those at rates that are not measured are left out")
  private List<String> require;

  @Mixin
  private RateArguments rate;

  @Mixin
  private EngineArguments engineArguments;

  ProveCommand() {}

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) throw new IllegalArgumentException("--seeds " + seeds + "; give 1 or more");
    List<Requirement> requirements = require == null
        ? Requirement.defaults(rates)
        : require.stream().map(Requirement::of).toList();
    var options = new ProofOptions(rates, ProofOptions.seeds(seed, seeds), requirements);
    ProofRun.requireWritable(out);
    TimeSeriesSet train = probeData == null ? data.read(Split.TRAIN) : data.read(probeData, Split.TRAIN);
    TimeSeriesSet test = data.read(Split.TEST);
    LabelledSplit.of(train, test); // refuses here what no probe can learn, before an encoder is trained as a baseline
    try (Engine engine = engineArguments.open(); ContrastiveModel model = ContrastiveModel.load(engine, checkpoint)) {
      refuseTrainingData(model, test);
      ToldRates told = ToldRates.of(model, train, test, rate);
      List<String> remarks = remarks(model, train, test);
      remarks.forEach(Warning::say);
      var run = new ProofRun(engine, model, training(), told, baselines, remarks);
      ProofReport report = run.write(options, out, step -> System.out.println("proving: " + step));
      new ProofSummary(report).print(System.out);
      new ProofVerdict(report).paragraphs().forEach(System.out::println);
      System.out.printf("written: %s, and its numbers in %s and %s%n", ProofRun.page(out), ProofRun.summary(out),
          ProofRun.rows(out));
      return conclusion(report);
    }
  }

  /// A proof on series that the encoder was trained on would prove nothing, and could not be told from one that does.
  private void refuseTrainingData(ContrastiveModel model, TimeSeriesSet test) {
    if (TrainingData.of(model).filter(known -> known.is(test)).isEmpty()) return;
    throw new IllegalArgumentException(
        data.place(Split.TEST) + ": is what the encoder was trained on; prove it on series that training never saw");
  }

  private List<String> remarks(ContrastiveModel model, TimeSeriesSet train, TimeSeriesSet test) {
    Optional<String> other = TrainingData.of(model).filter(known -> !known.is(train))
        .map(
            _ -> "the probes are fitted to other series than the encoder was trained on; for a proof on its own data give those by --data");
    return Stream.of(Remarks.unfinished(model, checkpoint), Remarks.outside(model, train, test), other).flatMap(Optional::stream)
        .toList();
  }

  private Optional<TrainingState> training() {
    return Files.exists(TrainingState.besides(checkpoint)) ? Optional.of(TrainingState.read(checkpoint)) : Optional.empty();
  }

  private static int conclusion(ProofReport report) {
    report.requirements().forEach(outcome -> System.out.println(outcome.line()));
    if (report.holds()) return 0;
    List<String> failed = report.requirements().stream().filter(outcome -> !outcome.holds())
        .map(outcome -> outcome.requirement().text()).toList();
    System.err.println("anyrate: requirements not met, " + failed.size() + " of " + report.requirements().size() + ": "
        + String.join(", ", failed) + "; see the page, or ask for less with --require");
    return 1;
  }
}
