package dev.anyrate.demo.command;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.demo.page.ProofPage;
import dev.anyrate.demo.report.HtmlReport;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.proof.MeasurementFile;
import dev.anyrate.model.evaluate.proof.Proof;
import dev.anyrate.model.evaluate.proof.ProofFile;
import dev.anyrate.model.evaluate.proof.ProofOptions;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Subjects;
import dev.anyrate.model.train.TrainingListener;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One proof, from a model to its three files.
///
/// @param engine    to compute with
/// @param model     under proof
/// @param training  how it was trained, if its training state is there; the baseline without rate views needs it
/// @param series    what probes are fitted to and tested on, and how the encoder is told their rates
/// @param baselines whether to add those that take their time
/// @param remarks   what the page must say beside the numbers
record ProofRun(Engine engine, ContrastiveModel model, Optional<TrainingState> training, ToldRates series, boolean baselines,
    List<String> remarks) {
  private static final String SUMMARY = "proof.json";
  private static final String ROWS = "proof.csv";
  private static final String PAGE = "proof.html";

  /// Refuses a folder in which nothing can be written, before the work begins.
  static void requireWritable(Path out) throws IOException {
    OutputFolder.requireWritable(out, SUMMARY, ROWS, PAGE);
  }

  /// The means over the seeds in a folder of a proof.
  static Path summary(Path out) {
    return out.resolve(SUMMARY);
  }

  /// The table of all numbers in a folder of a proof.
  static Path rows(Path out) {
    return out.resolve(ROWS);
  }

  /// The page in a folder of a proof.
  static Path page(Path out) {
    return out.resolve(PAGE);
  }

  /// Proves, and writes summary, table and page.
  ///
  /// @param out      folder, made if it is missing
  /// @param progress is told what comes next
  ProofReport write(ProofOptions options, Path out, Consumer<String> progress) throws IOException {
    try (ContrastiveModel untrained = model.untrained(series.train());
        Sibling sibling = baselines ? Sibling.train(this, progress) : Sibling.none()) {
      var subjects = new Subjects(model::encode, series.embedder(), untrained::encode, sibling.embedder(),
          baselines ? Optional.of(preparation()) : Optional.empty());
      ProofReport report = Proof.run(series.train(), series.test(), subjects, options, progress);
      Files.createDirectories(out);
      ProofFile.write(report, model.contract(), summary(out));
      HtmlReport.write(page(out), new ProofPage(report, model, untrained, training.map(TrainingState::progress), series.test(),
          training.map(this::pairsInStep), remarks).page());
      MeasurementFile.write(report.dataset(), report.measured(), rows(out)); // last: where it stands, all stands
      return report;
    }
  }

  private int pairsInStep(TrainingState state) {
    return state.config().preset().pairs(series.train(), model.preparation(), state.config()).batchSize();
  }

  private InputPreparation preparation() {
    return model.preparation().orElseGet(() -> InputPreparation.fit(series.train()));
  }

  /// The same encoder, trained anew on views of one rate.
  private record Sibling(Optional<TrainingSession> session) implements AutoCloseable {
    static Sibling none() {
      return new Sibling(Optional.empty());
    }

    static Sibling train(ProofRun run, Consumer<String> progress) {
      if (run.training.isEmpty()) {
        Warning.say(
            "no training state beside the checkpoint: the baseline without rate views is left out; keep both files together");
        return none();
      }
      progress.accept("training the same encoder without rate views");
      TrainingSession session = TrainingSession.withoutRateViews(run.engine, run.series.train(), run.training.get().config());
      try {
        session.run(TrainingListener.SILENT);
        return new Sibling(Optional.of(session));
      } catch (RuntimeException | Error failure) {
        session.close();
        throw failure;
      }
    }

    Optional<Embedder> embedder() {
      return session.map(one -> one.model()::encode);
    }

    @Override
    public void close() {
      session.ifPresent(TrainingSession::close);
    }
  }
}
