package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.KernelTimes.Time;
import java.util.ArrayDeque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;

/// Adds up how long the device computed, from the events of a queue that keeps times.
final class KernelClock {
  /// Events that are kept at most.
  static final int MOST_EVENTS = 4096;

  private record Launched(String kernel, cl_event event) {}

  private final ArrayDeque<Launched> launched = new ArrayDeque<>();
  private final SortedMap<String, Time> times = new TreeMap<>();
  private final long[] begin = new long[1];
  private final long[] end = new long[1];

  void add(String kernel, cl_event event) {
    launched.add(new Launched(kernel, event));
  }

  boolean isFull() {
    return launched.size() == MOST_EVENTS;
  }

  /// Asks the events for their times, and gives back each that was asked, whatever it answers. All of them must be over.
  ///
  /// @throws CLException if the driver does not tell one; that command is not counted, and those behind it are asked the next time
  void read() {
    while (!launched.isEmpty()) {
      Launched one = launched.remove();
      try {
        CL.clGetEventProfilingInfo(one.event, CL.CL_PROFILING_COMMAND_START, Sizeof.cl_ulong, Pointer.to(begin), null);
        CL.clGetEventProfilingInfo(one.event, CL.CL_PROFILING_COMMAND_END, Sizeof.cl_ulong, Pointer.to(end), null);
      } finally {
        CL.clReleaseEvent(one.event);
      }
      times.merge(one.kernel, new Time(1, end[0] - begin[0]), Time::plus);
    }
  }

  /// Gives back the events that were not read: all of a device that failed.
  void forget() {
    while (!launched.isEmpty()) CL.clReleaseEvent(launched.remove().event);
  }

  KernelTimes times() {
    return new KernelTimes(times);
  }
}
