package dev.anyrate.model.evaluate.proof;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// All numbers of a proof, and the questions that are asked of them.
///
/// @param rows in the order in which they were taken
public record Measurements(List<Measurement> rows) {
  public Measurements {
    rows = List.copyOf(rows);
  }

  /// The mean over seeds; empty if it was not measured.
  public OptionalDouble mean(Method method, Measure measure, TestView view) {
    return of(method, measure, view, Measurement::value).average();
  }

  /// The mean over seeds of what guessing gets.
  public OptionalDouble chance(Method method, Measure measure, TestView view) {
    return of(method, measure, view, Measurement::chance).average();
  }

  /// The mean over seeds of the bound that chance stays below.
  public OptionalDouble bound(Method method, Measure measure, TestView view) {
    return of(method, measure, view, Measurement::bound).average();
  }

  /// Deviation over seeds (over N − 1); empty if there are fewer than two.
  public OptionalDouble deviation(Method method, Measure measure, TestView view) {
    double[] values = of(method, measure, view, Measurement::value).toArray();
    if (values.length < 2) return OptionalDouble.empty();
    double mean = 0;
    for (double value : values) mean += value / values.length;
    double squares = 0;
    for (double value : values) squares += (value - mean) * (value - mean);
    return OptionalDouble.of(Math.sqrt(squares / (values.length - 1)));
  }

  /// Views at which a method's quantity was measured, in their order.
  public List<TestView> views(Method method, Measure measure) {
    return matching(method, measure).map(Measurement::view).distinct().toList();
  }

  private DoubleStream of(Method method, Measure measure, TestView view, ToDoubleFunction<Measurement> part) {
    return matching(method, measure).filter(row -> row.view().equals(view)).mapToDouble(part);
  }

  private Stream<Measurement> matching(Method method, Measure measure) {
    return rows.stream().filter(row -> row.method() == method && row.measure() == measure);
  }
}
