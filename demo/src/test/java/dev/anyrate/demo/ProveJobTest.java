package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `prove` as a gate, and the rate contract of a checkpoint.
class ProveJobTest {
  @TempDir
  private Path folder;
  private Workplace work;
  private Path data;
  private Path model;

  @BeforeEach
  void train() {
    work = new Workplace(folder);
    data = work.dataset("Small", 40, 2);
    model = folder.resolve("m.safetensors");
    Outcome.of("train", "--data", data, "--out", model, "--hidden", 4, "--kernels", 84, "--seed", 7, "--epochs", 1,
        "--rate-hz", 100).worked();
  }

  @Test
  void aProofWritesSummaryTableAndPage() throws IOException {
    Path out = folder.resolve("proof");
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", out, "--baselines", "--rates",
        "0.5,1,2",
        "--require", "accuracy>=0,auroc@2/window>=0").worked()
        .printed("written: " + out.resolve("proof.html") + ", and its numbers in " + out.resolve("proof.json") + " and "
            + out.resolve("proof.csv"));
    JsonNode json = new ObjectMapper().readTree(out.resolve("proof.json").toFile());
    assertTrue(json.path("holds").asBoolean());
    assertEquals(100, json.at("/contract/rate_hz").asDouble());
    for (String method : List.of("trained", "known_rate", "untrained", "without_rate_views", "minirocket", "raw_lr",
        "euclid_1nn")) {
      assertTrue(json.at("/methods/" + method + "/whole/2/accuracy").isNumber(), method);
      assertTrue(json.at("/methods/" + method + "/window/2/accuracy").isNumber(), method);
    }
    assertTrue(Files.readString(out.resolve("proof.html")).contains("</html>"));
    assertTrue(Files.readAllLines(out.resolve("proof.csv")).size() > 100);
  }

  @Test
  void aRequirementThatFailsIsExitCode1AndOneLine() {
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--rates", "1,2", "--require",
        "accuracy@2>=1.1").failed("accuracy@2>=1.1");
    assertTrue(Files.exists(folder.resolve("proof/proof.html")), "the page shows why");
  }

  @Test
  void aRequirementThatIsNoneIsExitCode2BeforeTheWork() {
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--require", "acuracy>=1")
        .refused("acuracy");
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--rates", "1,2", "--require",
        "retention@0.5>=0.8").refused("requirement retention@0.5>=0.8: its rate is none of 1,2");
    assertFalse(Files.exists(folder.resolve("proof")));
  }

  /// Of the usual ones; the encoder is too small to hold all of them.
  @Test
  void whatTheUserDidNotAskAtARateThatIsNotMeasuredIsNotRequired() {
    Outcome proof = Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--rates",
        "0.25,1");
    assertTrue(proof.exitCode() != 2, () -> proof.err().toString());
    proof.printed("noise<=chance").printed("effective_rank>=1.5");
    assertFalse(proof.out().stream().anyMatch(line -> line.contains("retention@0.5")));
  }

  @Test
  void seriesThatTheEncoderWasTrainedOnProveNothing() {
    TimeSeriesSet train = SeriesFiles.read(data, Split.TRAIN);
    Path same = work.dataset("Same", train, train);
    work.untouchedBy("prove", "--checkpoint", model, "--data", same, "--out", folder.resolve("proof"))
        .refused(same + ", TEST: is what the encoder was trained on");
  }

  @Test
  void probesOfOtherSeriesThanThoseOfTheTrainingAreSaidToBe() throws IOException {
    String remark = "the probes are fitted to other series than the encoder was trained on";
    Path other = work.dataset("Other", SyntheticData.create(18, 40, 2, 3, 5), SeriesFiles.read(data, Split.TEST));
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--probe-data", other, "--out", folder.resolve("proof"), "--rates",
        "1", "--require", "accuracy>=0").succeededSaying(remark);
    assertTrue(Files.readString(folder.resolve("proof/proof.html")).contains(remark));
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--rates", "1", "--require",
        "accuracy>=0").succeeded();
    assertFalse(Files.readString(folder.resolve("proof/proof.html")).contains(remark));
  }

  /// Series of several rates were brought to one before the encoder saw them, and are still known.
  @Test
  void trainingSeriesAreKnownWhateverTheirRates() {
    TimeSeriesSet slow = SyntheticData.create(18, 40, 2, 3, 1).map(series -> series.withRateHz(50));
    Path rated = work.dataset("Rated", slow, SyntheticData.create(12, 40, 2, 3, 2).map(series -> series.withRateHz(50)));
    work.train("rated.safetensors", rated, "--rate-hz", 100).succeeded();
    Outcome.of("prove", "--checkpoint", work.path("rated.safetensors"), "--data", rated, "--out", folder.resolve("proof"),
        "--rates", "1", "--require", "accuracy>=0").succeeded();
  }

  @Test
  void seriesOutsideOfTheContractAreSaidInOneLine() throws IOException {
    String warning = "outside of what the model was trained for";
    Path longer = work.dataset("Longer", SeriesFiles.read(data, Split.TRAIN), SyntheticData.create(12, 400, 2, 3, 2));
    Outcome.of("evaluate", "--checkpoint", model, "--data", longer, "--rates", "1").succeededSaying(warning);
    Outcome.of("prove", "--checkpoint", model, "--data", longer, "--out", folder.resolve("proof"), "--rates", "1", "--require",
        "accuracy>=0").succeededSaying(warning);
    assertTrue(Files.readString(folder.resolve("proof/proof.html")).contains(warning));
  }

  @Test
  void aBaselineThatIsLeftOutIsAWarning() throws IOException {
    Files.delete(TrainingState.besides(model));
    Outcome.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--baselines", "--rates", "1",
        "--require", "accuracy>=0").succeededSaying("anyrate: warning: no training state beside the checkpoint");
  }

  @Test
  void embeddingSeriesOutsideOfTheContractWarnsInOneLine() {
    Path longer = work.dataset("Longer", 400, 2);
    Outcome.of("embed", "--checkpoint", model, "--data", longer, "--out", folder.resolve("l.csv"))
        .succeededSaying("outside of what the model was trained for");
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", folder.resolve("i.csv")).succeeded();
  }

  @Test
  void aKnownRateIsUsedWhereTheCheckpointKnowsItsOwn() throws IOException {
    Path blind = folder.resolve("blind.csv");
    Path known = folder.resolve("known.csv");
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", blind).worked();
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", 100).worked();
    assertEquals(Files.readString(blind), Files.readString(known));
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", 200).worked();
    assertFalse(Files.readString(blind).equals(Files.readString(known)));

    Path unaware = folder.resolve("u.safetensors");
    Outcome.of("train", "--data", data, "--out", unaware, "--hidden", 4, "--kernels", 84, "--epochs", 1).worked();
    work.untouchedBy("embed", "--checkpoint", unaware, "--data", data, "--out", known, "--rate-hz", 200)
        .refused("does not say at which rate its training series were recorded");
  }

  @Test
  void ratesMayStandInAFileOneForEachSeries() throws IOException {
    Path blind = folder.resolve("blind.csv");
    Path known = folder.resolve("known.csv");
    Path rates = Files.writeString(folder.resolve("rates.txt"), "100\n".repeat(17) + "200\n");
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", blind).worked();
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", rates).worked();
    assertEquals(Files.readAllLines(blind).subList(0, 17), Files.readAllLines(known).subList(0, 17));
    assertFalse(Files.readAllLines(blind).get(17).equals(Files.readAllLines(known).get(17)));

    Files.writeString(rates, "100\n");
    for (Object wrong : List.of(rates, "fast", -5)) {
      work.untouchedBy("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", wrong)
          .refused(wrong.toString());
    }
  }

  @Test
  void aResumedRunKeepsTheRateOfItsTraining() {
    Path longer = folder.resolve("longer.safetensors");
    Outcome.of("train", "--data", data, "--out", longer, "--resume", model, "--epochs", 2).worked();
    Outcome.of("embed", "--checkpoint", longer, "--data", data, "--out", folder.resolve("e.csv"), "--rate-hz", 150).worked();
  }
}
