package dev.anyrate.augment.resample;

/// Rational resampling by `up / down` through one low-pass filter: insert `up − 1` zeros after each sample, filter, keep every
/// `down`-th. Computed without the zeros: `y[k] = Σ_i h[k·down − i·up] · x[i]`.
///
/// The filter `h` is a sinc with cut-off at the lower of both Nyquist frequencies, ten of its periods to each side, under a
/// Kaiser window with β = 5, scaled to gain `up`. The series is taken as zero beyond its ends. Equal to SciPy's `resample_poly(x,
/// up, down)`.
///
/// @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.resample_poly.html">SciPy resample_poly</a>
public final class PolyphaseFilter {
  /// The largest `up` or `down`, in lowest terms: beyond it the filter itself is longer than 20 million values.
  public static final int MAX_FACTOR = 1 << 20;
  private static final double KAISER_BETA = 5.0;
  private static final int PERIODS = 10;

  private final int up;
  private final int down;
  private final double[] taps; // h[-half .. half]; empty if up = down

  /// @param up   factor of stretching, at least 1
  /// @param down factor of shrinking, at least 1
  /// @throws IllegalArgumentException if a factor is below 1, or in lowest terms above [#MAX_FACTOR]
  public PolyphaseFilter(int up, int down) {
    if (up < 1 || down < 1)
      throw new IllegalArgumentException("polyphase: " + up + "/" + down + "; both factors must be at least 1");
    int divisor = greatestCommonDivisor(up, down);
    this.up = up / divisor;
    this.down = down / divisor;
    int largest = Math.max(this.up, this.down);
    if (largest > MAX_FACTOR) {
      throw new IllegalArgumentException(
          "polyphase: " + this.up + "/" + this.down + " in lowest terms needs too long a filter, neither may be above "
              + MAX_FACTOR
              + "; choose a length or rate by which they have a larger common divisor, or another method, such as area");
    }
    this.taps = largest == 1 ? new double[0] : taps(largest, this.up);
  }

  private static double[] taps(int largest, int gain) {
    int half = PERIODS * largest;
    double[] taps = new double[2 * half + 1];
    double widest = bessel0(KAISER_BETA);
    for (int i = 0; i <= half; i++) {
      double place = (double) i / half;
      double window = bessel0(KAISER_BETA * Math.sqrt(1 - place * place)) / widest;
      double phase = Math.PI * i / largest;
      taps[half + i] = window * (i == 0 ? 1 : Math.sin(phase) / phase);
      taps[half - i] = taps[half + i];
    }
    double sum = 0;
    for (double tap : taps) sum += tap;
    for (int i = 0; i < taps.length; i++) taps[i] *= gain / sum;
    return taps;
  }

  /// Modified Bessel function of the first kind and order 0, by its power series `Σ ((x/2)^k / k!)²`.
  private static double bessel0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /// Count of samples that `n` samples become: `ceil(n · up / down)`.
  ///
  /// @throws ArithmeticException if that is 2^31 or more
  public int outputLength(int n) {
    return Math.toIntExact(((long) n * up + down - 1) / down);
  }

  /// Filters the first `n` values.
  ///
  /// @param in  `n` values. Read.
  /// @param out [#outputLength] values. Overwritten.
  public void filter(float[] in, int n, float[] out) {
    if (taps.length == 0) {
      System.arraycopy(in, 0, out, 0, n);
      return;
    }
    int half = taps.length / 2;
    int length = outputLength(n);
    for (int k = 0; k < length; k++) {
      long place = (long) k * down;
      int first = (int) Math.max(0, Math.ceilDiv(place - half, up));
      int last = (int) Math.min(n - 1, Math.floorDiv(place + half, up));
      double sum = 0;
      for (int i = first; i <= last; i++) sum += taps[(int) (place - (long) i * up) + half] * in[i];
      out[k] = (float) sum;
    }
  }

  static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
