package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private Path data;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    data = SmallDataset.write(folder, "Small", 40, 2);
    model = folder.resolve("m.safetensors");
    CommandRun run = CommandRun.of("train", "--data", data, "--out", model, "--hidden", 4, "--seed", 7, "--epochs", 1,
        "--rate-hz", 100);
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
  }

  @Test
  void aProofWritesSummaryTableAndPage() throws IOException {
    Path out = folder.resolve("proof");
    CommandRun run = CommandRun.of("prove", "--checkpoint", model, "--data", data, "--out", out, "--baselines", "--rates",
        "0.5,1,2",
        "--require", "accuracy>=0,auroc@2/window>=0");
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
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
    CommandRun run = CommandRun.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--rates",
        "1,2",
        "--require", "accuracy@2>=1.1");
    assertEquals(1, run.exitCode());
    assertEquals(1, run.errors().size(), () -> run.errors().toString());
    assertTrue(run.errors().getFirst().contains("accuracy@2>=1.1"), run.errors().toString());
    assertTrue(Files.exists(folder.resolve("proof/proof.html")), "the page shows why");
  }

  @Test
  void aRequirementThatIsNoneIsExitCode2BeforeTheWork() {
    CommandRun run = CommandRun.of("prove", "--checkpoint", model, "--data", data, "--out", folder.resolve("proof"), "--require",
        "acuracy>=1");
    assertEquals(2, run.exitCode());
    assertFalse(Files.exists(folder.resolve("proof")));
  }

  @Test
  void embeddingSeriesOutsideOfTheContractWarnsInOneLine() throws IOException {
    Path longer = SmallDataset.write(folder, "Longer", 400, 2);
    CommandRun outside = CommandRun.of("embed", "--checkpoint", model, "--data", longer, "--out", folder.resolve("l.csv"));
    assertEquals(0, outside.exitCode());
    assertEquals(1, outside.errors().stream().filter(line -> line.contains("outside of what the model was trained for")).count());
    CommandRun inside = CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", folder.resolve("i.csv"));
    assertTrue(inside.errors().isEmpty(), () -> inside.errors().toString());
  }

  @Test
  void aKnownRateIsUsedWhereTheCheckpointKnowsItsOwn() throws IOException {
    Path blind = folder.resolve("blind.csv");
    Path known = folder.resolve("known.csv");
    assertEquals(0, CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", blind).exitCode());
    assertEquals(0, CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", 100).exitCode());
    assertEquals(Files.readString(blind), Files.readString(known));
    assertEquals(0, CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", 200).exitCode());
    assertFalse(Files.readString(blind).equals(Files.readString(known)));

    Path unaware = folder.resolve("u.safetensors");
    CommandRun.of("train", "--data", data, "--out", unaware, "--hidden", 4, "--epochs", 1);
    CommandRun run = CommandRun.of("embed", "--checkpoint", unaware, "--data", data, "--out", known, "--rate-hz", 200);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errors().size());
  }

  @Test
  void ratesMayStandInAFileOneForEachSeries() throws IOException {
    Path blind = folder.resolve("blind.csv");
    Path known = folder.resolve("known.csv");
    Path rates = Files.writeString(folder.resolve("rates.txt"), "100\n".repeat(11) + "200\n");
    assertEquals(0, CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", blind).exitCode());
    CommandRun run = CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", rates);
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
    assertEquals(Files.readAllLines(blind).subList(0, 11), Files.readAllLines(known).subList(0, 11));
    assertFalse(Files.readAllLines(blind).get(11).equals(Files.readAllLines(known).get(11)));

    Files.writeString(rates, "100\n");
    for (Object wrong : List.of(rates, "fast", -5)) {
      CommandRun refused = CommandRun.of("embed", "--checkpoint", model, "--data", data, "--out", known, "--rate-hz", wrong);
      assertEquals(2, refused.exitCode(), wrong::toString);
      assertEquals(1, refused.errors().size(), () -> refused.errors().toString());
    }
  }

  @Test
  void aResumedRunKeepsTheRateOfItsTraining() {
    Path longer = folder.resolve("longer.safetensors");
    CommandRun run = CommandRun.of("train", "--data", data, "--out", longer, "--resume", model, "--epochs", 2);
    assertEquals(0, run.exitCode(), () -> run.errors().toString());
    assertEquals(0, CommandRun
        .of("embed", "--checkpoint", longer, "--data", data, "--out", folder.resolve("e.csv"), "--rate-hz", 150).exitCode());
  }
}
