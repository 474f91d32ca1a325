package dev.anyrate.augment.synthetic;

import java.util.random.RandomGenerator;

/// What all series of one class have in common in one channel: a curve in continuous time `t` from 0 to 1, defined without any
/// sampling rate.
///
/// @param cycles   oscillations in the span
/// @param sweep    relative change of their frequency from begin to end: a chirp
/// @param overtone weight of the second harmonic, which shapes the wave
/// @param bump     width of a single bump
record ClassShape(double cycles, double sweep, double overtone, double bump) {
  // Powers of the reciprocal root of x^5 = x + 1: multiples of these fill the unit cube evenly, so classes keep apart.
  private static final double[] STRIDES = {0.8566749, 0.7338919, 0.6287067, 0.5385973};

  /// The shape of a class in a channel, the same for every set.
  static ClassShape of(int label, int channel) {
    int number = label + 1 + 31 * channel;
    return new ClassShape(3 + 4 * fraction(number, 0), fraction(number, 1) - 0.5, 0.9 * fraction(number, 2),
        0.02 + 0.08 * fraction(number, 3));
  }

  private static double fraction(int number, int dimension) {
    double place = 0.5 + number * STRIDES[dimension];
    return place - Math.floor(place);
  }

  /// One series of this class. Phase, strength, exact frequency, place of the bump, trend and noise are its own, so no sample by
  /// itself tells the class.
  ///
  /// @return `length` values with mean 0 and deviation 1
  float[] draw(int length, RandomGenerator random) {
    double phase = 2 * Math.PI * random.nextDouble();
    double strength = 0.7 + 0.6 * random.nextDouble();
    double own = cycles * (0.86 + 0.28 * random.nextDouble());
    double centre = 0.15 + 0.7 * random.nextDouble();
    double trend = random.nextDouble() - 0.5;
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      double t = i / (length - 1.0);
      double angle = 2 * Math.PI * own * (t + sweep * (t * t - t) / 2) + phase;
      double distance = (t - centre) / bump;
      values[i] = strength * (Math.sin(angle) + overtone * Math.cos(2 * angle)) + 1.5 * Math.exp(-distance * distance) + trend * t
          + 0.3 * random.nextGaussian();
    }
    return standardized(values);
  }

  private static float[] standardized(double[] values) {
    double sum = 0;
    for (double value : values) sum += value;
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) squares += (value - mean) * (value - mean);
    double deviation = Math.sqrt(squares / values.length);
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) result[i] = (float) ((values[i] - mean) / deviation);
    return result;
  }
}
