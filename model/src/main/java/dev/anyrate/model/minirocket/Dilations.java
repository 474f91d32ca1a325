package dev.anyrate.model.minirocket;

import java.util.Arrays;

/// The spacings of the weights of a kernel, and how many features each of them gets.
///
/// 32 exponents are spread evenly so that the widest kernel just fits in the series: `2^0 … (L − 1) / 8`. Rounded down many coincide, mostly at 1;
/// a spacing gets as many features as exponents fell on it, scaled to the features that a kernel has.
///
/// @param spacing  `[D]`, ascending
/// @param features `[D]`, of one kernel at each of them
record Dilations(int[] spacing, int[] features) {
  private static final int EXPONENTS = 32;

  /// @param length            of the series, at least [KernelSet#LENGTH]
  /// @param featuresPerKernel of all spacings together, at least 1
  static Dilations of(int length, int featuresPerKernel) {
    int exponents = Math.min(EXPONENTS, featuresPerKernel);
    double widest = Math.log((length - 1.0) / (KernelSet.LENGTH - 1)) / Math.log(2);
    int[] all = new int[exponents];
    for (int i = 0; i < exponents; i++) {
      double exponent = exponents == 1 ? 0 : widest * i / (exponents - 1);
      all[i] = (int) Math.floor(Math.pow(2, exponent) + 1e-9); // 2^log2(5) must be 5, not 4.999…
    }
    int[] spacing = Arrays.stream(all).distinct().toArray();
    int[] features = new int[spacing.length];
    int given = 0;
    for (int d = 0; d < spacing.length; d++) {
      int place = spacing[d];
      long count = Arrays.stream(all).filter(one -> one == place).count();
      features[d] = (int) (count * featuresPerKernel / exponents);
      given += features[d];
    }
    for (int d = 0; given < featuresPerKernel; d = (d + 1) % features.length, given++) features[d]++;
    return new Dilations(spacing, features);
  }

  /// Count of spacings.
  int count() {
    return spacing.length;
  }
}
