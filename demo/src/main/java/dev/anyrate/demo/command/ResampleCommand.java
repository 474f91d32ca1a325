package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.write.SeriesOutput;
import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `anyrate resample`: the same series at another rate.
@Command(name = "resample", description = "Writes series at another sampling rate.")
public final class ResampleCommand implements Callable<Integer> {
  @Mixin
  private DataArguments data;

  @Option(names = "--part", paramLabel = "PART", defaultValue = "train", description = "of a dataset folder: train or test (default: ${DEFAULT-VALUE})")
  private Split part;

  @Option(names = "--rate", paramLabel = "X", required = true, description = "2 gives twice as many samples over the same span, 0.5 half as many")
  private double rate;

  @Option(names = "--method", paramLabel = "NAME", defaultValue = "linear", description = "linear, linear-half-pixel, cubic, cubic-natural, pchip, area or polyphase (default: ${DEFAULT-VALUE})")
  private ResampleMethod method;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "FILE.ts, or FILE.csv or FILE.tsv for one channel")
  private Path out;

  @Option(names = "--verbose", description = "show the stack of a failure")
  @SuppressWarnings("unused") // read where failures are worded
  private boolean verbose;

  ResampleCommand() {}

  @Override
  public Integer call() throws IOException {
    var samplingRate = new SamplingRate(rate);
    SeriesOutput format = SeriesOutput.of(out);
    data.refuseAsOutput(out);
    AtomicFile.requireWritable(out);
    TimeSeriesSet series = data.read(part);
    TimeSeriesSet resampled = series.map(one -> samplingRate.apply(one, method.resampler()));
    AtomicFile.write(out, stream -> format.write(stream, resampled));
    System.out.printf("%s: %d series, length %s (%s)%n", out, resampled.size(), resampled.lengthRange(), data.place(part));
    return 0;
  }
}
