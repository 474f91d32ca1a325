package dev.anyrate.augment.resample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every resampling case of a folder, against SciPy, NumPy and PyTorch in double: the bundled cases, or those of the property
/// `anyrate.golden`. Cases of other operations are left to the module that has them.
class GoldenResampleTest {
  private static final double TOLERANCE = 1e-5; // of the norm, for a result in float
  private static final Map<String, ResampleMethod> METHODS = Map.of("out.linear_endpoints", ResampleMethod.LINEAR,
      "out.linear_half_pixel", ResampleMethod.LINEAR_HALF_PIXEL, "out.cubic_not_a_knot", ResampleMethod.CUBIC,
      "out.cubic_natural",
      ResampleMethod.CUBIC_NATURAL, "out.pchip", ResampleMethod.PCHIP);

  @Test
  void equalsEveryCaseOfTheFolder() throws Exception {
    String given = System.getProperty("anyrate.golden");
    Path folder = given != null ? Path.of(given) : Path.of(GoldenResampleTest.class.getResource("/golden").toURI());
    List<String> cases = new ArrayList<>();
    for (Path file : files(folder)) {
      Safetensors golden = Safetensors.read(file);
      String operation = golden.metadata().getOrDefault("op", "");
      if (!operation.startsWith("resample")) continue;
      switch (operation) {
        case "resample" -> interpolation(file, golden);
        case "resample_poly" -> polyphase(file, golden);
        default -> throw new AssertionError(file + ": unknown operation " + operation);
      }
      cases.add(file.getFileName().toString());
    }
    System.out.println("golden: " + cases.size() + " resampling cases of " + folder);
    assertTrue(!cases.isEmpty(), "no resampling case in " + folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  private static void interpolation(Path file, Safetensors golden) {
    Safetensors.Tensor in = golden.tensors().get("in.x");
    double rate = Double.parseDouble(golden.metadata().get("rate"));
    int length = new SamplingRate(rate).newLength(in.shape()[2]);
    assertEquals(Integer.parseInt(golden.metadata().get("new_length")), length, file + ": new length");
    golden.tensors().forEach((name, expected) -> {
      if (name.equals("in.x")) return;
      ResampleMethod method = METHODS.get(name);
      assertNotNull(method, () -> file + ": unknown output " + name);
      compare(file + " " + name, expected, rows(in).stream().map(row -> method.resampler().resample(row, length)).toList());
    });
  }

  private static void polyphase(Path file, Safetensors golden) {
    Safetensors.Tensor in = golden.tensors().get("in.x");
    var filter = new PolyphaseFilter(Integer.parseInt(golden.metadata().get("up")),
        Integer.parseInt(golden.metadata().get("down")));
    compare(file.toString(), golden.tensors().get("out.y"), rows(in).stream().map(row -> {
      float[] out = new float[filter.outputLength(row.length)];
      filter.filter(row, row.length, out);
      return out;
    }).toList());
  }

  /// The series of `[B, C, L]`, one after another.
  private static List<float[]> rows(Safetensors.Tensor tensor) {
    int length = tensor.shape()[2];
    List<float[]> rows = new ArrayList<>();
    for (int start = 0; start < tensor.values().length; start += length) {
      float[] row = new float[length];
      for (int i = 0; i < length; i++) row[i] = (float) tensor.values()[start + i];
      rows.add(row);
    }
    return rows;
  }

  private static void compare(String what, Safetensors.Tensor expected, List<float[]> rows) {
    double error = 0;
    double norm = 0;
    int at = 0;
    for (float[] row : rows) {
      assertEquals(expected.shape()[2], row.length, what + ": length");
      for (float value : row) {
        error += Math.pow(value - expected.values()[at], 2);
        norm += Math.pow(expected.values()[at++], 2);
      }
    }
    assertEquals(expected.values().length, at, what + ": size of " + Arrays.toString(expected.shape()));
    double relative = Math.sqrt(error / norm);
    assertTrue(relative < TOLERANCE, what + ": relative error " + relative);
  }
}
