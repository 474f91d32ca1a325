package dev.anyrate.model.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Copies of tensors, to find out which of them something has changed.
///
/// @param values by name
public record Snapshot(Map<String, float[]> values) {
  /// Copies all tensors.
  public static Snapshot of(Engine engine, Map<String, Tensor> tensors) {
    Map<String, float[]> values = new TreeMap<>();
    tensors.forEach((name, tensor) -> values.put(name, engine.toHost(tensor)));
    return new Snapshot(values);
  }

  /// Names whose bits are not the same in both.
  public Set<String> changedIn(Snapshot later) {
    assertEquals(values.keySet(), later.values.keySet());
    Set<String> changed = new TreeSet<>();
    values.forEach((name, before) -> {
      if (!Arrays.equals(before, later.values.get(name))) changed.add(name);
    });
    return changed;
  }
}
