package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate embed`: one row of numbers for each series.
@Command(name = "embed", description = "Writes the embeddings of series, one row for each, in file order.")
public final class EmbedCommand implements Callable<Integer> {
  @Option(names = "--checkpoint", paramLabel = "FILE", required = true, description = "written by train")
  private Path checkpoint;

  @Mixin
  private DataArguments data;

  @Option(names = "--part", paramLabel = "PART", defaultValue = "train", description = "of a dataset folder: train or test (default: ${DEFAULT-VALUE})")
  private Split part;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "FILE.npy (NumPy, float32) or FILE.csv")
  private Path out;

  @Mixin
  private RateArguments rate;

  @Mixin
  private EngineArguments engineArguments;

  EmbedCommand() {}

  @Override
  public Integer call() throws IOException {
    EmbeddingFile file = EmbeddingFile.of(out);
    data.refuseAsOutput(out, checkpoint);
    if (rate.file().isPresent()) data.refuseAsOutput(out, rate.file().get());
    AtomicFile.requireWritable(out);
    TimeSeriesSet series = data.read(part);
    try (Engine engine = engineArguments.open(); ContrastiveModel model = ContrastiveModel.load(engine, checkpoint)) {
      float[][] embeddings = rate.encode(model, series);
      Remarks.unfinished(model, checkpoint).ifPresent(Warning::say);
      file.write(out, embeddings);
      System.out.printf("%s: %s of %s (%s)%n", out, Count.of(embeddings.length, "embedding"),
          Count.of(embeddings[0].length, "number"), data.place(part));
    }
    return 0;
  }
}
