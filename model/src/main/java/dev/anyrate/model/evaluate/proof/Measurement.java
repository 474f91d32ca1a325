package dev.anyrate.model.evaluate.proof;

/// One number of a proof.
///
/// @param method  what was measured
/// @param measure which quantity
/// @param view    how TEST was recorded; the native view where rates play no part
/// @param seed    of what chance decides; the first seed where nothing does
/// @param value   the number
/// @param chance  what guessing gets, NaN where that means nothing
/// @param bound   up to here `value` may be chance, NaN where that means nothing
public record Measurement(Method method, Measure measure, TestView view, long seed, double value, double chance, double bound) {
  static Measurement of(Method method, Measure measure, TestView view, long seed, double value) {
    return new Measurement(method, measure, view, seed, value, Double.NaN, Double.NaN);
  }
}
