package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.EvaluationReport.Baselines;
import dev.anyrate.model.evaluate.EvaluationReport.Seconds;
import dev.anyrate.model.io.UnwritableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  /// What users' scripts rely on, key by key. A change here is a new format.
  private static final String EXPECTED = """
      { "format": "anyrate-report/1", "program": "PROGRAM", "dataset": "GunPoint", "classes": 2, "train": 50, "test": 150, "channels": 1, "length": [150, 150],
        "seed": 42, "backend": "simd", "encoder": "cnn", "embedding": 64,
        "whole":  { "0.25": {"accuracy": 0.97, "probe_augmented": 0.96, "cos_same": 1.0, "cos_other": 0.12, "retrieval_at_1": 0.333333},
                    "1":    {"accuracy": 0.97, "probe_augmented": 0.96, "cos_same": 1.0, "cos_other": 0.12, "retrieval_at_1": 0.333333} },
        "window": { "1.5":  {"accuracy": 0.97, "probe_augmented": 0.96, "cos_same": 1.0, "cos_other": 0.12, "retrieval_at_1": 0.333333} },
        "baselines": {
          "raw_lr":     {"whole": {"1": {"accuracy": 0.91}}, "window": {"4": {"accuracy": 0.5}}},
          "euclid_1nn": {"whole": {"1": {"accuracy": 0.92}}, "window": {"4": {"accuracy": 0.6}}},
          "untrained":  {"whole": {"2": {"accuracy": 0.97, "probe_augmented": 0.96, "cos_same": 1.0, "cos_other": 0.12, "retrieval_at_1": 0.333333}},
                         "window": {}} },
        "seconds": {"encode": 0.05, "probe": 0.02},
        "contract": {"min_rate": 0.25, "max_rate": 4.0, "min_crop": 1.0, "shortest": 150, "median": 150, "longest": 150, "band_kept": 0.853333, "filter": "area",
                     "rate_hz": 100.0, "data": "0123456789abcdef", "seed": 7, "version": "0.1.0", "commit": "37ba999"} }
      """.replace("PROGRAM", Version.current().toString());
  private static final Optional<RateContract> CONTRACT = Optional
      .of(new RateContract(0.25, 4, 1, 150, 150, 150, 128 / 150.0, "area", 100, "0123456789abcdef", 7, "0.1.0", "37ba999"));

  @TempDir
  private Path folder;

  private static EvaluationReport report() {
    var result = new RateResult(0.97, 0.96, 1, 0.12, 1 / 3.0);
    Map<String, RateResult> whole = new LinkedHashMap<>();
    whole.put("0.25", result);
    whole.put("1", result);
    return new EvaluationReport("GunPoint", 2, 50, 150, 1, List.of(150, 150), 42, "simd", "cnn", 64,
        new ByProtocol<>(whole, Map.of("1.5", result)), new Baselines(
            new ByProtocol<>(Map.of("1", new BaselineResult(0.91)), Map.of("4", new BaselineResult(0.5))),
            new ByProtocol<>(Map.of("1", new BaselineResult(0.92)), Map.of("4", new BaselineResult(0.6))),
            new ByProtocol<>(Map.of("2", result), Map.of())),
        new Seconds(0.05, 0.02));
  }

  @Test
  void hasExactlyTheKeysOfTheContract() throws IOException {
    var json = new ObjectMapper();
    JsonNode written = json.readTree(ReportFile.toJson(report(), CONTRACT));
    assertEquals(json.readTree(EXPECTED), written);
    assertEquals(json.readTree(EXPECTED).propertyStream().map(Map.Entry::getKey).toList(),
        written.propertyStream().map(Map.Entry::getKey).toList(), "in this order");
  }

  @Test
  void readsBack() {
    Path file = folder.resolve("report.json");
    ReportFile.write(report(), CONTRACT, file);
    EvaluationReport read = ReportFile.read(file);
    assertEquals(ReportFile.toJson(report(), Optional.empty()), ReportFile.toJson(read, Optional.empty()));
    assertEquals(0.333333, read.ours().whole().get("1").retrievalAt1());
    assertEquals(0.6, read.baselines().euclid1nn().window().get("4").accuracy());
    assertEquals(List.of(150, 150), read.length());
  }

  @Test
  void oneOfAnOlderProgramReadsBackToo() {
    String before = EXPECTED.replaceAll("\"program\": [^,]*, |,\\s*\"contract\": \\{[^}]*}", "");
    assertFalse(before.contains("program") || before.contains("contract"), before);
    assertEquals(150, ReportFile.fromJson(before).test());
  }

  @Test
  void whatIsNoReportIsRefusedInOneLine() throws IOException {
    for (String text : List.of("", "{", "[]", "{}", "{\"format\": \"anyrate-report/9\"}", "{\"format\": \"anyrate-report/1\"}",
        EXPECTED.replace("\"train\": 50,", ""), EXPECTED.replace("\"train\": 50", "\"train\": \"many\""))) {
      Path file = Files.writeString(folder.resolve("report.json"), text);
      String said = assertThrows(IllegalArgumentException.class, () -> ReportFile.read(file), text).getMessage();
      assertTrue(said.startsWith(file + ": not a ") && said.lines().count() == 1, said);
    }
    Path missing = folder.resolve("none.json");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ReportFile.read(missing)).getMessage().contains("no such file"));
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThrows(UnwritableFileException.class,
        () -> ReportFile.write(report(), CONTRACT, folder.resolve("none").resolve("report.json")));
  }
}
