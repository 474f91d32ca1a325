package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.KernelTimes.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;

/// Adds up how long the device computed, from the events of a queue that keeps times.
final class KernelClock {
  /// Events that are kept at most.
  static final int MOST_EVENTS = 4096;

  private record Launched(String kernel, cl_event event) {}

  private final List<Launched> launched = new ArrayList<>();
  private final SortedMap<String, Time> times = new TreeMap<>();
  private final long[] begin = new long[1];
  private final long[] end = new long[1];

  void add(String kernel, cl_event event) {
    launched.add(new Launched(kernel, event));
  }

  boolean isFull() {
    return launched.size() == MOST_EVENTS;
  }

  /// Asks the events for their times. All of them must be over.
  void read() {
    for (Launched one : launched) {
      CL.clGetEventProfilingInfo(one.event, CL.CL_PROFILING_COMMAND_START, Sizeof.cl_ulong, Pointer.to(begin), null);
      CL.clGetEventProfilingInfo(one.event, CL.CL_PROFILING_COMMAND_END, Sizeof.cl_ulong, Pointer.to(end), null);
      CL.clReleaseEvent(one.event);
      times.merge(one.kernel, new Time(1, end[0] - begin[0]), Time::plus);
    }
    launched.clear();
  }

  /// Gives back the events that were not read: all of a device that failed.
  void forget() {
    launched.forEach(one -> CL.clReleaseEvent(one.event));
    launched.clear();
  }

  KernelTimes times() {
    return new KernelTimes(times);
  }
}
