package dev.anyrate.augment.resample;

/// [PolyphaseFilter] between two lengths: `n` samples become `m` by the factor `m / n` in lowest terms.
///
/// The filter is as long as the larger of both terms is: lengths without a common divisor cost the most.
public final class Polyphase implements Resampler {

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    new PolyphaseFilter(m, n).filter(in, n, out);
  }
}
