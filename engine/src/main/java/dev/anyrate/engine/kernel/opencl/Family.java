package dev.anyrate.engine.kernel.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// A family of kernels: one program of the device, from the `.cl` file of that name and the files that it builds on.
enum Family {
  ELEMENTWISE("axes"), REDUCTION("axes", "group"), LAYOUT("axes"), MATMUL("vector", "product"), CONVOLUTION("vector",
      "product"), NORM("group", "vector", "lengths"), POOLING("lengths"), SOFTMAX("group"), ATTENTION("group",
          "lengths"), POSITION, DROPOUT, SIMILARITY("group"), BFLOAT16, LOSS("group"), OPTIMIZER, PEAK("vector");

  private final List<String> basis;

  Family(String... basis) {
    this.basis = List.of(basis);
  }

  /// The program's text. `#line` makes messages of the compiler name the file, and the line in it.
  String source() {
    var source = new StringBuilder();
    for (String file : basis) append(file, source);
    append(toString(), source);
    return source.toString();
  }

  private static void append(String file, StringBuilder source) {
    String name = file + ".cl";
    source.append("#line 1 \"").append(name).append("\"\n");
    try (InputStream in = Family.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the resource " + name + " is missing beside " + Family.class.getName());
      source.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the resource " + name, e);
    }
  }

  /// The name of the `.cl` file.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
