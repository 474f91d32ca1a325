package dev.anyrate.bench.report;

import java.util.Optional;
import org.openjdk.jmh.results.RunResult;

/// What one call does with a device, by [DeviceProfiler].
///
/// @param bytesToDevice   from the host
/// @param bytesFromDevice to the host
/// @param launches        of kernels, copies included
/// @param busySeconds     that the device computes or copies, by its own clock
/// @param busyShare       of the time of a call; for the rest of it the device waits for the host
public record DeviceUse(double bytesToDevice, double bytesFromDevice, double launches, double busySeconds, double busyShare) {
  /// Nothing where the profiler was not there.
  static Optional<DeviceUse> of(RunResult result) {
    if (!result.getSecondaryResults().containsKey(DeviceProfiler.TO_DEVICE)) return Optional.empty();
    double busy = score(result, DeviceProfiler.BUSY);
    double call = result.getPrimaryResult().getScore(); // a mean, as `busy` is
    return Optional.of(new DeviceUse(score(result, DeviceProfiler.TO_DEVICE), score(result, DeviceProfiler.FROM_DEVICE),
        score(result, DeviceProfiler.LAUNCHES), busy * 1e-9, busy / call));
  }

  private static double score(RunResult result, String name) {
    return result.getSecondaryResults().get(name).getScore();
  }
}
