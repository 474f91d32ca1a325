package dev.anyrate.model.evaluate.proof;

import dev.anyrate.model.evaluate.RateProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A condition that a proof must meet, as a user writes it: `accuracy@0.25>=0.9`.
///
/// The form is `MEASURE[@RATE][/window][>=|<=]LIMIT`. RATE is one of the rates, or `worst` for the least favourable one; without it the native rate is meant.
/// LIMIT is a number, or for a negative control `chance`, the bound that chance stays below, and is compared with the trained encoder's mean over seeds.
///
/// @param text     as the user wrote it
/// @param measure  the quantity
/// @param rate     NaN for the worst one
/// @param protocol whole or window
/// @param atLeast  whether the value must not be below the limit; else not above it
/// @param limit    NaN for the bound of chance
public record Requirement(String text, Measure measure, double rate, RateProtocol protocol, boolean atLeast, double limit) {
  private static final Pattern FORM = Pattern
      .compile("([a-z0-9_]+)(?:@([0-9.]+|worst))?(/window)?\\s*(>=|<=)\\s*([-0-9.]+|chance)");

  /// What is asked where the user asks nothing: little that fooled itself passes, and every sound encoder does.
  public static final List<Requirement> DEFAULTS = List.of(of("effective_rank>=1.5"), of("retention@0.5>=0.8"),
      of("auroc@0.5>=0.9"), of("noise<=chance"), of("swapped<=chance"));

  /// Those of [#DEFAULTS] that can be held against something at these rates.
  public static List<Requirement> defaults(List<Double> rates) {
    return DEFAULTS.stream().filter(requirement -> requirement.rate == 1 || rates.contains(requirement.rate)).toList();
  }

  /// Whether a requirement is met.
  ///
  /// @param value of the encoder, NaN if it was not measured
  /// @param limit that was applied
  public record Outcome(Requirement requirement, double value, double limit, boolean holds) {
    /// One line: what was asked, and what was found.
    public String line() {
      String found = Double.isNaN(value)
          ? "not measured; give a rate of --rates"
          : String.format(Locale.ROOT, "%.4g, limit %.4g", value, limit);
      return (holds ? "holds: " : "FAILS: ") + requirement.text + " (" + found + ")";
    }
  }

  /// @throws IllegalArgumentException if the text is no requirement
  public static Requirement of(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("--require " + text
          + ": not understood; write a measure, perhaps a rate, and a limit, such as accuracy@0.25>=0.9, auroc@2/window>=0.8 or noise<=chance");
    }
    try {
      double rate = form.group(2) == null ? 1 : form.group(2).equals("worst") ? Double.NaN : Double.parseDouble(form.group(2));
      double limit = form.group(5).equals("chance") ? Double.NaN : Double.parseDouble(form.group(5));
      Measure measure = Measure.of(form.group(1));
      requireBound(text, measure, limit);
      return new Requirement(text.strip(), measure, rate,
          form.group(3) == null ? RateProtocol.WHOLE : RateProtocol.WINDOW, form.group(4).equals(">="), limit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--require " + text + ": a number in it is malformed; write it as 0.9", e);
    }
  }

  private static void requireBound(String text, Measure measure, double limit) {
    if (!Double.isNaN(limit) || measure.isControl()) return;
    throw new IllegalArgumentException(
        "--require " + text + ": only a negative control has a bound of chance; write a number, or one of "
            + Arrays.stream(Measure.values()).filter(Measure::isControl).map(Measure::id).collect(Collectors.joining(", ")));
  }

  /// Holds the numbers of a proof against this.
  public Outcome check(Measurements measured) {
    OptionalDouble found = Double.isNaN(rate) ? worst(measured) : measured.mean(Method.TRAINED, measure, view(rate));
    double bound = Double.isNaN(limit)
        ? measured.bound(Method.TRAINED, measure, Double.isNaN(rate) ? TestView.NATIVE : view(rate)).orElse(Double.NaN)
        : limit;
    double value = found.orElse(Double.NaN);
    return new Outcome(this, value, bound, atLeast ? value >= bound : value <= bound); // false for what was not measured
  }

  private TestView view(double at) {
    return new TestView(at <= 1 ? RateProtocol.WHOLE : protocol, Sensor.LINEAR, at);
  }

  private OptionalDouble worst(Measurements measured) {
    var values = measured.views(Method.TRAINED, measure).stream()
        .filter(view -> view.sensor() == Sensor.LINEAR && (view.protocol() == protocol || view.rate() <= 1))
        .mapToDouble(view -> measured.mean(Method.TRAINED, measure, view).orElseThrow());
    return atLeast ? values.min() : values.max();
  }
}
