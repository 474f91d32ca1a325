package dev.anyrate.augment.resample;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The resampling methods by name.
public enum ResampleMethod {
  /// Straight lines; first and last sample stay.
  LINEAR(new LinearInterpolation()),

  /// Straight lines; samples are centres of cells, as in image scaling.
  LINEAR_HALF_PIXEL(new HalfPixelInterpolation()),

  /// Cubic spline, not-a-knot: SciPy's default.
  CUBIC(new CubicSpline(CubicSpline.End.NOT_A_KNOT)),

  /// Cubic spline with curvature 0 at both ends.
  CUBIC_NATURAL(new CubicSpline(CubicSpline.End.NATURAL)),

  /// Monotone cubic pieces, which never overshoot.
  PCHIP(new Pchip()),

  /// Means over cells when it shrinks, straight lines when it stretches.
  AREA(new AreaFilter()),

  /// Anti-aliased low-pass filter, as SciPy's `resample_poly`.
  POLYPHASE(new Polyphase());

  private final Resampler resampler;

  ResampleMethod(Resampler resampler) {
    this.resampler = resampler;
  }

  /// The method to call.
  public Resampler resampler() {
    return resampler;
  }

  /// As users write it, such as `cubic-natural`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The method that a user has named.
  ///
  /// @throws IllegalArgumentException if there is none of this name; lists all names
  public static ResampleMethod of(String id) {
    return Arrays.stream(values()).filter(method -> method.id().equals(id)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown resampling method '" + id + "'; choose one of "
            + Arrays.stream(values()).map(ResampleMethod::id).collect(Collectors.joining(", "))));
  }
}
