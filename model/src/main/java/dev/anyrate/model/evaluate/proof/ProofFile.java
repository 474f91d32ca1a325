package dev.anyrate.model.evaluate.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.SixDecimals;
import dev.anyrate.model.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A proof as `proof.json`: what it was made on, what was asked, and every number as its mean over seeds. Numbers are rounded to six decimals.
public final class ProofFile {
  private static final String FORMAT = "anyrate-proof/1";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<Measure> OF_RECORDING = Set.of(Measure.LEAK_RATE, Measure.LEAK_LENGTH);

  private ProofFile() {}

  /// Writes a proof; an old file of the name is replaced as a whole or not at all.
  ///
  /// @param contract of the encoder's checkpoint
  /// @throws dev.anyrate.model.io.UnwritableFileException if the folder is missing or nothing may be written there
  public static void write(ProofReport report, Optional<RateContract> contract, Path file) {
    String text = toJson(report, contract) + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A proof as text.
  public static String toJson(ProofReport report, Optional<RateContract> contract) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
    json.put("program", Version.current().toString()).put("dataset", report.dataset()).put("classes", report.classes());
    json.put("train", report.train()).put("test", report.test()).put("channels", report.channels());
    report.lengths().forEach(json.putArray("length")::add);
    json.put("embedding", report.embedding());
    report.options().seeds().forEach(json.putArray("seeds")::add);
    contract.ifPresent(one -> json.set("contract", JSON.valueToTree(one)));
    json.put("holds", report.holds());
    ArrayNode requirements = json.putArray("requirements");
    for (Requirement.Outcome outcome : report.requirements()) {
      ObjectNode node = requirements.addObject().put("requirement", outcome.requirement().text());
      SixDecimals.put(node, "value", outcome.value());
      SixDecimals.put(node, "limit", outcome.limit());
      node.put("holds", outcome.holds());
    }
    ObjectNode methods = json.putObject("methods");
    for (Method method : Method.values()) method(report.measured(), method, methods);
    return json.toPrettyString();
  }

  private static void method(Measurements measured, Method method, ObjectNode methods) {
    for (Measure measure : Measure.values()) {
      for (TestView view : measured.views(method, measure)) {
        ObjectNode place = place(methods.withObjectProperty(method.id()), measure, view);
        put(place, measure.id(), measured.mean(method, measure, view));
        if (measure.isControl() || OF_RECORDING.contains(measure)) {
          put(place, measure.id() + "_chance", measured.chance(method, measure, view));
        }
        if (measure.isControl()) put(place, measure.id() + "_bound", measured.bound(method, measure, view));
        OptionalDouble deviation = measured.deviation(method, measure, view);
        if (deviation.orElse(0) > 0) put(place, measure.id() + "_sd", deviation);
      }
    }
  }

  private static ObjectNode place(ObjectNode method, Measure measure, TestView view) {
    if (measure.isControl()) return method.withObjectProperty("controls");
    if (OF_RECORDING.contains(measure)) return method.withObjectProperty("leakage");
    if (measure == Measure.UNIFORMITY || measure == Measure.EFFECTIVE_RANK || measure == Measure.DEAD_DIMENSIONS) {
      return method.withObjectProperty("embedding");
    }
    String protocol = view.protocol().name().toLowerCase(Locale.ROOT);
    String key = view.sensor() == Sensor.LINEAR ? protocol : protocol + "_" + view.sensor().id();
    return method.withObjectProperty(key).withObjectProperty(RateProtocol.key(view.rate()));
  }

  private static void put(ObjectNode node, String key, OptionalDouble value) {
    value.ifPresent(number -> SixDecimals.put(node, key, number));
  }
}
