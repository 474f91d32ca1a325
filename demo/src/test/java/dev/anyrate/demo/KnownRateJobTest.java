package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Series that carry their sampling rates: trained on, embedded and proven blindly, or told.
class KnownRateJobTest {
  @TempDir
  private Path folder;

  private Workplace work;
  private TimeSeriesSet slow;
  private TimeSeriesSet fast;

  @BeforeEach
  void makeData() {
    work = new Workplace(folder);
    slow = SyntheticData.create(18, 32, 1, 3, 1).map(series -> series.withRateHz(100));
    fast = slow.map(series -> new SamplingRate(2).apply(series, ResampleMethod.LINEAR.resampler()));
    assertEquals(200, fast.commonRateHz().orElseThrow());
  }

  private String embedded(Path model, Path data, Object... options) throws IOException {
    Path out = work.path("e.csv");
    Object[] fixed = {"embed", "--checkpoint", model, "--data", data, "--out", out};
    Object[] all = new Object[fixed.length + options.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    Outcome.of(all).succeeded();
    return Files.readString(out);
  }

  @Test
  void theInputsRatesAreUsedOnDemandOnly() throws IOException {
    Path data = work.series("slow.csv", slow);
    Path model = work.checkpoint("m.safetensors", data);
    TimeSeriesSet windows = fast.map(series -> series.part(16, 32)); // as many samples, half the span: whole series would look alike
    Path faster = work.series("fast.csv", windows);
    String blind = embedded(model, faster);
    String told = embedded(model, faster, "--rate-hz", "input");
    assertNotEquals(blind, told);
    assertEquals(told, embedded(model, faster, "--rate-hz", 200));
    Path silent = work.series("silent.csv", TimeSeriesSet.of("silent",
        windows.series().stream().map(series -> TimeSeries.of(series.label().orElseThrow(), series.channel(0))).toList()));
    assertEquals(blind, embedded(model, silent), "blind is blind to rates");
    work.untouchedBy("embed", "--checkpoint", model, "--data", silent, "--out", work.path("n.csv"), "--rate-hz", "input")
        .refused("the sampling rate of series 1 is not known");
    work.untouchedBy("embed", "--checkpoint", model, "--data", faster, "--out", work.path("n.csv"), "--rate-hz", 100)
        .refused("series 1 was sampled at 200.0 Hz as its file says, and at 100.0 by --rate-hz");
  }

  @Test
  void trainingSeriesOfSeveralRatesAreBroughtToTheOneThatIsAsked() throws IOException {
    TimeSeriesSet mixed = TimeSeriesSet.of("mixed",
        List.of(slow.get(0), fast.get(1), slow.get(2), fast.get(3), slow.get(4), slow.get(5)));
    Path data = work.series("mixed.csv", mixed);
    work.train("m.safetensors", data, "--rate-hz", 100).succeeded().printed("length 32;");
    work.train("again.safetensors", data, "--resume", work.path("m.safetensors"), "--epochs", 2).succeeded()
        .printed("length 32;");
    work.train("blind.safetensors", data).succeeded().printed("length 32 to 64;");
    work.untouchedBy("embed", "--checkpoint", work.path("blind.safetensors"), "--data", data, "--out", work.path("n.csv"),
        "--rate-hz", "input").refused("does not say at which rate its training series were recorded");
    work.untouchedBy("train", "--data", data, "--out", work.path("m.safetensors"), "--resume", work.path("m.safetensors"),
        "--rate-hz", 50).refused("--rate-hz 50.0 differs from the 100.0");
  }

  @Test
  void aSeriesWithoutRateAmongOthersIsNamed() {
    Path data = work.file("half.csv", "label,rate_hz", "a,100,1,2,3", "b,?,3,2,1", "a,100,2,2,3");
    work.untouchedBy("train", "--data", data, "--out", work.path("m.safetensors"), "--rate-hz", 100)
        .refused("the sampling rate of series 2 is not known");
  }

  @Test
  void aRateThatIsNoneIsRefusedAtItsLine() {
    for (String rate : List.of("0", "-1", "NaN", "fast")) {
      Path data = work.file("bad.csv", "label,rate_hz", "a,100,1,2,3", "b," + rate + ",3,2,1");
      work.untouchedBy("train", "--data", data, "--out", work.path("m.safetensors"))
          .refused(data + ":3: rate_hz is '" + rate + "'");
    }
    Path data = work.series("slow.csv", slow);
    for (String rate : List.of("0", "-1", "NaN", "Infinity")) {
      work.untouchedBy("train", "--data", data, "--out", work.path("m.safetensors"), "--rate-hz", rate).refused("--rate-hz");
    }
  }

  /// TRAIN at 100 Hz and TEST at 200 Hz: told so, the encoder sees TEST as it would at 100 Hz.
  @Test
  void aProofTellsTheRatesThatTheInputCarries() throws IOException {
    Path data = work.dataset("Mixed", slow, fast);
    Path model = work.checkpoint("m.safetensors", data);
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", work.path("told"), "--rates", "1,2", "--require",
        "accuracy>=0").succeeded();
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", work.path("input"), "--rates", "1,2", "--require",
        "accuracy>=0", "--rate-hz", "input").succeeded();
    JsonNode told = methods("told");
    assertEquals(told, methods("input"));
    assertEquals(100, new JsonMapper().readTree(work.path("told/proof.json").toFile()).at("/contract/rate_hz").asDouble());
    assertTrue(told.at("/known_rate/window/2/accuracy").isNumber() && told.at("/trained/window/2/accuracy").isNumber());
    Path rates = work.file("rates.txt", "100");
    work.untouchedBy("prove", "--checkpoint", model, "--data", data, "--out", work.path("told"), "--rate-hz", rates)
        .refused("cannot share a file of rates");
  }

  private JsonNode methods(String proof) throws IOException {
    return new JsonMapper().readTree(work.path(proof + "/proof.json").toFile()).path("methods");
  }

  @Test
  void resamplingWritesTheNewRate() throws IOException {
    Path data = work.series("slow.csv", slow);
    Outcome.of("resample", "--data", data, "--rate", 0.5, "--out", work.path("half.csv")).succeeded();
    assertTrue(Files.readAllLines(work.path("half.csv")).get(1).split(",")[1].equals("50.0"));
  }
}
