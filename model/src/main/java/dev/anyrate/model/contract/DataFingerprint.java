package dev.anyrate.model.contract;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A short name for the values of a set, by which a resumed run and a model know their training series again: SHA-256 over lengths and values, cut to 16 digits.
public final class DataFingerprint {
  private static final int DIGITS = 16;

  private DataFingerprint() {}

  /// @return 16 hexadecimal digits
  public static String of(TimeSeriesSet set) {
    MessageDigest digest = sha256();
    for (TimeSeries series : set) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(series.length()).array());
      for (int c = 0; c < series.channels(); c++) { // one by one: all channels of a long series may be more than an array holds
        var bytes = ByteBuffer.allocate(Float.BYTES * series.length());
        bytes.asFloatBuffer().put(series.channel(c));
        digest.update(bytes.array());
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
