package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.synthetic.SyntheticData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wrong options are refused before anything is done, with the option or the rule that they break.
class BadOptionTest {
  @TempDir
  private static Path folder;

  private static Workplace work;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void train() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
    model = work.checkpoint("model.safetensors", data);
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"--epochs, 0, epochs: 0", "--epochs, -3, epochs: -3",
      "--epochs, many, 'many' is not a whole number", "--epochs, 99999999999, '99999999999' is too large",
      "--batch, 1, batch: 1", "--batch, 0, batch: 0", "--batch, 2.5, '2.5' is not a whole number", "--lr, 0, learning rate: 0",
      "--lr, -1, learning rate: -1", "--lr, NaN, learning rate: NaN", "--lr, Infinity, learning rate: Infinity",
      "--lr, \"0,01\", \"'0,01' is not a number\"", "--temperature, 0, temperature: 0", "--temperature, -0.5, temperature: -0.5",
      "--temperature, NaN, temperature: NaN", "--hidden, 0, hidden: 0", "--hidden, 1000000, hidden: 1000000", "--dim, 0, dim: 0",
      "--seed, x, 'x' is not a whole number", "--threads, 0, threads: 0", "--threads, 1000000, threads: 1000000",
      "--encoder, rnn, \"'rnn' is none of cnn, transformer\"", "--heads, 2, --heads is a setting of the transformer",
      "--preset, best, \"'best' is none of invariant, reference\"",
      "--length, 1, length: 1", "--length, -64, length: -64", "--length, 8, length: 8; give 9 samples or more",
      "--length, 5000000, length: 5000000", "--min-rate, 0, min rate: 0.0", "--min-rate, 2, min rate: 2.0",
      "--min-rate, 0.009, min rate: 0.009", "--max-rate, 0.5, max rate: 0.5", "--max-rate, 101, max rate: 101.0",
      "--min-crop, 0, min crop: 0.0", "--min-crop, 1.01, min crop: 1.01", "--dilations, 0, dilations: 0",
      "--dilations, \"1,x\", \"'1,x' is not a list of whole numbers\"", "--dilations, \"1,\", \"'1,' is not a list\"",
      "--dilations, 64, dilations: 64 samples from tap to tap", "--embedding, both, \"'both' is none of linear, pooled\"",
      "--standardize, channel, \"'channel' is none of set, series\"",
      "--cosine, yes, \"'yes' is none of true, false\"",
      "--missing, guess, \"'guess' is none of refuse, interpolate\"",
      "--device, 0, --device 0: only the backend opencl has devices",
      "--backend, gpu, \"backend gpu does not exist; choose one of auto\""})
  void trainRefuses(String option, String value, String message) {
    work.untouchedBy("train", "--data", data, "--out", work.path("other.safetensors"), option, value).refused(message);
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"--length, 64, length: 64", "--min-crop, 0.5, min crop: 0.5",
      "--dilations, \"1,4\", \"dilations: 1,4\"",
      "--embedding, pooled, embedding: pooled", "--standardize, series, standardize: series"})
  void thePlainDesignRefusesWhatItDoesNotHave(String option, String value, String message) {
    work.untouchedBy("train", "--data", data, "--out", work.path("other.safetensors"), "--preset", "reference", option, value)
        .refused(message + " with preset reference", "leave it out, or take preset invariant");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    Object[] train = {"train", "--data", data, "--out", work.path("other.safetensors")};
    work.untouchedBy(with(train, "--embedding", "linear", "--kernels", 84)).refused("kernels: 84", "leave kernels out");
    work.untouchedBy(with(train, "--embedding", "linear", "--compact", 16)).refused("compact: 16", "give that size (dim)");
    work.untouchedBy(with(train, "--encoder", "transformer", "--dilations", 1)).refused("--dilations is a setting of the cnn");
    work.untouchedBy(with(train, "--length", 20, "--dilations", "1,20")).refused("dilations: 20", "the given length is 20");
    work.untouchedBy(with(train, "--length", 1_000_000, "--batch", 1000, "--hidden", 1000)).refused("of 1000000 samples",
        "a shorter --length");
  }

  private static Object[] with(Object[] arguments, Object... more) {
    return Stream.of(arguments, more).flatMap(Stream::of).toArray();
  }

  @Test
  void theDoctorRefusesABackendBeforeItSaysAnything() {
    Outcome outcome = work.untouchedBy("doctor", "--backend", "foo");
    outcome.refused("backend foo does not exist");
    assertEquals(List.of(), outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-2", "NaN", "1e9"})
  void aRateMustBeAboveZeroAndNotHuge(String rate) {
    work.untouchedBy("resample", "--data", data, "--rate", rate, "--out", work.path("r.ts"))
        .refused("rate " + Double.parseDouble(rate), "above 0 and at most 10000");
    work.untouchedBy("evaluate", "--data", data, "--checkpoint", model, "--rates", "1," + rate, "--out", work.path("r.json"))
        .refused("rate " + Double.parseDouble(rate), "above 0 and at most 10000");
  }

  @Test
  void aRateThatMakesASeriesTooLongSaysHowLong() {
    Path longSeries = work.series("long.ts", SyntheticData.create(2, 20_000, 1, 2, 1));
    work.untouchedBy("resample", "--data", longSeries, "--rate", 9000, "--out", work.path("r.ts"))
        .refused("rate 9000", "20000 samples would get 180000000");
  }

  @Test
  void ratesMustBeNumbersEachOnce() {
    work.untouchedBy("evaluate", "--data", data, "--checkpoint", model, "--rates", "1,x").refused(
        "anyrate: invalid value for option '--rates'",
        "'x' is not a number");
    work.untouchedBy("evaluate", "--data", data, "--checkpoint", model, "--rates", "1,1").refused("rates [1.0, 1.0]");
  }

  @Test
  void anUnknownResamplingMethodIsAnsweredByTheList() {
    work.untouchedBy("resample", "--data", data, "--rate", 2, "--method", "sinc", "--out", work.path("r.ts"))
        .refused("'sinc' is none of linear, linear-half-pixel, cubic, cubic-natural, pchip, area, polyphase");
  }

  @Test
  void anUnknownPartIsAnsweredByTheList() {
    work.untouchedBy("resample", "--data", data, "--rate", 2, "--part", "dev", "--out", work.path("r.ts"))
        .refused("'dev' is none of train, test");
  }

  @Test
  void anUnknownCommandIsNamed() {
    Outcome.of("trian").refused("unknown command 'trian'", "perhaps train", "see anyrate --help");
    Outcome.of("embde").refused("unknown command 'embde'", "perhaps embed");
  }

  @Test
  void anUnknownOptionIsNamedEvenIfOthersAreMissing() {
    Outcome.of("train", "--epoch", 3).refused("unknown option '--epoch'", "perhaps --epochs", "see anyrate train --help");
  }

  @Test
  void anArgumentTooManyIsNamed() {
    work.untouchedBy("train", "--data", data, "--out", work.path("other.safetensors"), "more").refused("unknown argument 'more'");
  }

  @Test
  void whatCannotBeAPathIsNoFaultOfTheProgram() {
    String impossible = "a\0b";
    work.untouchedBy("train", "--data", impossible, "--out", work.path("other.safetensors")).refused("'--data'",
        "cannot be a path",
        "LC_ALL");
    work.untouchedBy("train", "--config", impossible).refused("--config", "cannot be a path");
    work.untouchedBy("embed", "--data", data, "--checkpoint", model, "--out", work.path("e.npy"), "--rate-hz", impossible)
        .refused("cannot be a path");
  }

  @Test
  void aFileOfRatesThatIsNoTextIsNamed() throws IOException {
    Path bytes = Files.write(work.path("rates.bin"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    Path rated = work.path("rated.safetensors");
    work.train("rated.safetensors", data, "--rate-hz", 100).succeeded();
    work.untouchedBy("embed", "--data", data, "--checkpoint", rated, "--out", work.path("e.npy"), "--rate-hz", bytes)
        .refused(bytes + ": is no text");
  }

  @Test
  void aMissingOptionIsNamed() {
    Outcome.of("train", "--data", data).refused("anyrate: missing required option: '--out=FILE.safetensors'");
    Outcome.of("evaluate", "--data").refused("'--data' (PATH)");
  }

  @Test
  void oneFileHasNoTestPartToEvaluateOn() {
    Path file = data.resolve("Shapes_TRAIN.ts");
    work.untouchedBy("evaluate", "--data", file, "--checkpoint", model, "--out", work.path("r.json"))
        .refused(file.toString(), "no separate TEST part");
  }

  @Test
  void aBadLossStopsTrainingWithTheLikelyCause() {
    work.train("stopped.safetensors", data, "--temperature", "1e-30")
        .failed("training stopped in epoch 1", "temperature of 1.0E-30 is the likely cause");
  }
}
