package dev.anyrate.bench.report;

import dev.anyrate.bench.Measured;
import dev.anyrate.bench.Work;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.openjdk.jmh.infra.BenchmarkParams;

/// Asks a benchmark how much one call does: measuring happens in another process, so here it is made again, with the same parameters.
final class DeclaredWork {
  private DeclaredWork() {}

  static Work of(BenchmarkParams parameters) {
    String method = parameters.getBenchmark();
    try {
      Class<?> type = Class.forName(method.substring(0, method.lastIndexOf('.')));
      var benchmark = (Measured) type.getDeclaredConstructor().newInstance();
      for (String name : parameters.getParamsKeys()) {
        Field field = type.getField(name);
        field.set(benchmark, value(field.getType(), parameters.getParam(name)));
      }
      return benchmark.work();
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(method + ": must be a public class with public parameters that implements Measured",
          failure);
    }
  }

  private static Object value(Class<?> type, String text) {
    if (type == int.class) return Integer.valueOf(text);
    if (!type.isEnum()) return text;
    return Arrays.stream(type.getEnumConstants()).filter(constant -> ((Enum<?>) constant).name().equals(text)).findFirst()
        .orElseThrow();
  }
}
