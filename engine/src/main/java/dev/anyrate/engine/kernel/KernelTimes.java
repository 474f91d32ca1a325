package dev.anyrate.engine.kernel;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long a device has computed, by its own clock. What it did not spend here, it waited for the host.
///
/// @param byKernel by name of the kernel or copy
public record KernelTimes(SortedMap<String, Time> byKernel) {
  /// Of a backend that works on the heap, or of a device whose clock is off.
  public static final KernelTimes NONE = new KernelTimes(new TreeMap<>());

  public KernelTimes {
    byKernel = Collections.unmodifiableSortedMap(new TreeMap<>(byKernel));
  }

  /// Of one kernel.
  ///
  /// @param launches    how often it ran
  /// @param nanoseconds all runs together
  public record Time(long launches, long nanoseconds) {
    /// Both together.
    public Time plus(Time other) {
      return new Time(launches + other.launches, nanoseconds + other.nanoseconds);
    }
  }

  /// Of all kernels.
  public long launches() {
    return byKernel.values().stream().mapToLong(Time::launches).sum();
  }

  /// Of all kernels.
  public long nanoseconds() {
    return byKernel.values().stream().mapToLong(Time::nanoseconds).sum();
  }

  /// What was added since `earlier`.
  public KernelTimes since(KernelTimes earlier) {
    var difference = new TreeMap<>(byKernel);
    earlier.byKernel.forEach((kernel, before) -> difference.computeIfPresent(kernel, (_, now) -> now.launches == before.launches
        ? null
        : new Time(now.launches - before.launches, now.nanoseconds - before.nanoseconds)));
    return new KernelTimes(difference);
  }
}
