package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reports as `report.json`, with the program that made it and the contract of the model. Numbers are rounded to six decimals.
public final class ReportFile {
  private static final String FORMAT = "anyrate-report/1";
  private static final String PROGRAM_KEY = "program";
  private static final String CONTRACT_KEY = "contract";
  private static final JsonMapper JSON = JsonMapper.builder() //
      .addModule(new SimpleModule().addSerializer(double.class, new SixDecimals())) //
      .enable(SerializationFeature.INDENT_OUTPUT) //
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) //
      .build();

  private ReportFile() {}

  /// Writes a report; an old file of the name is replaced as a whole or not at all.
  ///
  /// @param contract of the model, where it has one
  /// @throws dev.anyrate.model.io.UnwritableFileException if the folder is missing or nothing may be written there
  public static void write(EvaluationReport report, Optional<RateContract> contract, Path file) {
    String text = toJson(report, contract) + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A report as text.
  public static String toJson(EvaluationReport report, Optional<RateContract> contract) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put(PROGRAM_KEY, Version.current().toString());
    json.setAll(JSON.<ObjectNode>valueToTree(report));
    contract.ifPresent(one -> json.set(CONTRACT_KEY, JSON.valueToTree(one)));
    return json.toPrettyString();
  }

  /// Reads a report.
  ///
  /// @throws IllegalArgumentException if there is no such file, or it is no report of this format
  public static EvaluationReport read(Path file) {
    try {
      return fromJson(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": no such file; check the path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// A report from its text.
  ///
  /// @throws IllegalArgumentException if it is no report of this format
  public static EvaluationReport fromJson(String text) {
    try {
      if (!(JSON.readTree(text) instanceof ObjectNode json) || !FORMAT.equals(json.path("format").asText())) {
        throw new IllegalArgumentException("not a report of format " + FORMAT + "; give one that 'evaluate' has written");
      }
      json.remove(List.of("format", PROGRAM_KEY, CONTRACT_KEY)); // the latter two are for whoever traces it; older reports have neither
      return JSON.treeToValue(json, EvaluationReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a whole report: " + e.getOriginalMessage() + "; give one that 'evaluate' has written", e);
    }
  }
}
