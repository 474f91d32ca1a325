package dev.anyrate.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.anyrate.engine.kernel.opencl.DevicePeak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Results as JSON, for comparisons over time.
///
/// @param machine  where and when
/// @param peak     what shares refer to
/// @param outcomes everything measured
public record ResultFile(Machine machine, Peak peak, List<Outcome> outcomes) {
  /// One outcome as it stands in the file; `device` is null where none was used.
  private record Line(String benchmark, Map<String, String> parameters, double seconds, double rate, String unit,
      double shareOfPeak, double bytesPerCall, double spread, DeviceUse device) {}

  private record Content(String format, Machine machine, double peakFlops, double peakBytes, DevicePeak device,
      List<Line> results) {}

  /// Replaces the file.
  public void write(Path file) throws IOException {
    List<Line> lines = outcomes.stream().map(outcome -> new Line(outcome.benchmark(), outcome.parameters(), outcome.seconds(),
        outcome.rate(), outcome.work().unit() + "/s", outcome.share(peak), outcome.bytesPerCall(), outcome.spread(),
        outcome.device().orElse(null))).toList();
    byte[] json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsBytes(
            new Content("anyrate-benchmarks/1", machine, peak.flops(), peak.bytes(), peak.device().orElse(null), lines));
    if (file.toAbsolutePath().getParent() != null) Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, json);
  }
}
