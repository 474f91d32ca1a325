package dev.anyrate.model.evaluate.proof;

import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.compare.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The proofs of several datasets, compared. Every dataset counts the same, however many series it has.
///
/// @param bySet       the measurements of each dataset, of all seeds
/// @param contestants methods with their probes, the trained encoder with the augmented probe first
/// @param comparison  of their overall accuracy
public record Benchmark(Map<String, Measurements> bySet, List<Contestant> contestants, Comparison comparison) {
  /// @param bySet at least one dataset
  /// @throws IllegalArgumentException if a method was measured on some of the datasets only, or at other views of one than of another
  public static Benchmark of(Map<String, Measurements> bySet) {
    List<Contestant> contestants = Contestant.in(bySet.values().iterator().next());
    bySet.forEach((set, measured) -> {
      requireSame(bySet.keySet().iterator().next(), contestants, set, Contestant.in(measured));
      contestants.forEach(one -> requireSameViews(bySet, one, set));
    });
    double[][] scores = new double[contestants.size()][];
    for (int m = 0; m < scores.length; m++) {
      Contestant one = contestants.get(m);
      scores[m] = bySet.values().stream().mapToDouble(one::overall).toArray();
    }
    Comparison comparison = Comparison.of(titles(contestants), List.copyOf(bySet.keySet()),
        scores);
    return new Benchmark(new LinkedHashMap<>(bySet), contestants, comparison);
  }

  private static void requireSame(String first, List<Contestant> contestants, String set, List<Contestant> others) {
    if (others.equals(contestants)) return;
    throw new IllegalArgumentException("benchmark: " + set + " was measured with " + titles(others) + ", but " + first + " with "
        + titles(contestants) + "; prove both with the same methods");
  }

  /// A mean over the rates of one dataset does not compare with one over other rates of another.
  private static void requireSameViews(Map<String, Measurements> bySet, Contestant one, String set) {
    String first = bySet.keySet().iterator().next();
    List<TestView> views = one.views(bySet.get(first));
    List<TestView> others = one.views(bySet.get(set));
    if (Set.copyOf(others).equals(Set.copyOf(views))) return;
    throw new IllegalArgumentException(
        "benchmark: " + one.title() + " was measured on " + set + " at " + names(others) + ", but on " + first
            + " at " + names(views) + "; prove both at the same rates");
  }

  private static String names(List<TestView> views) {
    return views.stream().map(view -> view.protocol().name().toLowerCase(Locale.ROOT) + " " + RateProtocol.key(view.rate()))
        .collect(Collectors.joining(", "));
  }

  private static List<String> titles(List<Contestant> contestants) {
    return contestants.stream().map(Contestant::title).toList();
  }

  /// Accuracy at the native rate in the mean over datasets.
  public double nativeAccuracy(Contestant one) {
    return at(one, TestView.NATIVE);
  }

  /// Accuracy at a view in the mean over datasets.
  public double at(Contestant one, TestView view) {
    return bySet.values().stream().mapToDouble(measured -> one.at(measured, view)).average().orElseThrow();
  }

  /// The lowest accuracy on whole series, of each dataset by itself, in the mean over datasets.
  public double worstWhole(Contestant one) {
    return bySet.values().stream().mapToDouble(one::worstWhole).average().orElseThrow();
  }

  /// All measurements together. Their mean over rows is the mean over datasets, since every dataset has the same rows.
  public Measurements overAll() {
    List<Measurement> rows = new ArrayList<>();
    bySet.values().forEach(measured -> rows.addAll(measured.rows()));
    return new Measurements(rows);
  }
}
