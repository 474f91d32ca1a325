package dev.anyrate.model.evaluate.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.SixDecimals;
import dev.anyrate.model.evaluate.compare.Comparison;
import dev.anyrate.model.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A benchmark as `benchmark.json`: means over datasets by method, ranks, and the duels of the first method. Numbers are rounded to six decimals.
public final class BenchmarkFile {
  private static final String FORMAT = "anyrate-benchmark/1";

  private BenchmarkFile() {}

  /// Writes a benchmark; an old file of the name is replaced as a whole or not at all.
  public static void write(Benchmark benchmark, Path file) {
    String text = toJson(benchmark) + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A benchmark as text.
  public static String toJson(Benchmark benchmark) {
    Comparison comparison = benchmark.comparison();
    ObjectNode json = new JsonMapper().createObjectNode().put("format", FORMAT).put("program", Version.current().toString());
    comparison.datasets().forEach(json.putArray("datasets")::add);
    SixDecimals.put(json, "critical_difference", comparison.criticalDifference());
    ObjectNode methods = json.putObject("methods");
    for (int m = 0; m < benchmark.contestants().size(); m++) {
      Contestant one = benchmark.contestants().get(m);
      ObjectNode node = methods.putObject(one.title());
      SixDecimals.put(node, "overall", comparison.mean(m));
      SixDecimals.put(node, "worst_whole", benchmark.worstWhole(one));
      SixDecimals.put(node, "average_rank", comparison.averageRanks()[m]);
      for (TestView view : one.views(benchmark.overAll())) {
        SixDecimals.put(node.withObjectProperty(view.protocol() == RateProtocol.WHOLE ? "whole" : "window"),
            RateProtocol.key(view.rate()),
            benchmark.at(one, view));
      }
      ObjectNode bySet = node.putObject("overall_by_dataset");
      for (int n = 0; n < comparison.datasets().size(); n++)
        SixDecimals.put(bySet, comparison.datasets().get(n), comparison.scores()[m][n]);
      if (m > 0) duel(node.putObject("against_it"), comparison.duels().get(m - 1));
    }
    return json.toPrettyString();
  }

  private static void duel(ObjectNode node, Comparison.Duel duel) {
    node.put("wins", duel.wins()).put("ties", duel.ties()).put("losses", duel.losses());
    SixDecimals.put(node, "p", duel.pValue());
    SixDecimals.put(node, "p_holm", duel.corrected());
  }
}
