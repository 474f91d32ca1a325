package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// The rate as an axis and as text.
final class Rates {
  /// Room left and right of the outermost rates, as a factor.
  private static final double MARGIN = 1.12;
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Rates() {}

  /// A logarithmic axis with a tick at each of the given rates, so that halving and doubling are equally long steps.
  static Axis axis(List<Double> rates) {
    List<Double> ticks = rates.stream().distinct().sorted().toList();
    if (ticks.isEmpty()) throw new IllegalArgumentException("rate axis: no rate to show; leave the figure out instead");
    return new Axis("sampling rate ÷ native rate (log scale)", Axis.Scale.LOGARITHMIC, ticks.getFirst() / MARGIN,
        ticks.getLast() * MARGIN, ticks);
  }

  /// At most four digits: `0.25`, `2`.
  static String text(double rate) {
    return new BigDecimal(rate).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
  }
}
