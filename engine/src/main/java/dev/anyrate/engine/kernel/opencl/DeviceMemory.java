package dev.anyrate.engine.kernel.opencl;

import static dev.anyrate.engine.kernel.opencl.DeviceDescription.size;

import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.engine.memory.OutOfMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_mem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Buffers of a device, reused by the size classes of [HeapMemory]. Thread-safe.
///
/// Where the device has none left, the buffers that wait for reuse are given up and it is asked once more.
final class DeviceMemory implements MemoryPool, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceMemory.class);
  private static final int LEAKS_SHOWN = 5;
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String ENGINE = "dev.anyrate.engine.";
  private static final String KERNEL = "a kernel";
  /// What stands between a program and the memory: not where a leak comes from.
  private static final List<String> WAY_HERE = List.of("kernel.opencl.", "memory.", "autograd.", "tensor.", "Engine");

  private final CommandQueue queue;
  private final MemoryPolicy policy;
  private final LongFunction<cl_mem> driver; // makes a buffer of so many bytes
  private final Map<Long, ArrayDeque<DeviceBuffer>> free = new HashMap<>(); // by bytes
  private final Set<DeviceBuffer> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytesInUse;
  private long peakBytesInUse;
  private long bytesAllocated;
  private long bytesWaiting;
  private boolean closed;

  DeviceMemory(CommandQueue queue, MemoryPolicy policy) {
    this(queue, policy, bytes -> CL.clCreateBuffer(queue.context().handle(), CL.CL_MEM_READ_WRITE, bytes, null, null));
  }

  /// @param driver makes a buffer of so many bytes
  DeviceMemory(CommandQueue queue, MemoryPolicy policy, LongFunction<cl_mem> driver) {
    this.queue = queue;
    this.policy = policy;
    this.driver = driver;
  }

  @Override
  public boolean reuses() {
    return policy.reuse();
  }

  /// Work memory of these dimensions for one kernel, which closes it before it returns, so nobody will ask where it was made: to find that out takes longer than the rest. Kernels
  /// count with 32 bits, and so does a storage.
  ///
  /// @throws OutOfMemory if there is no room for it, or it has too many elements
  DeviceStorage temporary(int... dims) {
    long size = 1;
    for (int dim : dims) {
      size *= dim;
      if (size > Integer.MAX_VALUE) throw full("a buffer of more than " + size(Integer.MAX_VALUE * (long) Float.BYTES), null);
    }
    return allocate((int) size, KERNEL);
  }

  @Override
  public DeviceStorage allocate(int size) {
    return allocate(size, birth());
  }

  private synchronized DeviceStorage allocate(int size, String birth) {
    long floats = policy.reuse() ? HeapMemory.sizeClass(size) : Math.max(1, size);
    DeviceBuffer buffer = take(floats * Float.BYTES);
    buffer.bornAt(birth);
    open.add(buffer);
    var storage = new DeviceStorage(buffer, 0, size, this);
    if (policy.poison()) OpenClTransfer.fill(queue, storage, Float.NaN);
    return storage;
  }

  private DeviceBuffer take(long bytes) {
    queue.requireOpen(); // an engine that is closed has no memory
    var returned = free.get(bytes);
    DeviceBuffer buffer = returned == null ? null : returned.pollLast();
    if (buffer == null) {
      buffer = create(bytes);
      bytesAllocated += bytes;
    } else {
      bytesWaiting -= bytes;
    }
    bytesInUse += bytes;
    peakBytesInUse = Math.max(peakBytesInUse, bytesInUse);
    return buffer;
  }

  /// Drivers may promise more than there is and fail when a kernel runs, so the sum is watched here.
  private DeviceBuffer create(long bytes) {
    DeviceDescription device = queue.context().device().description();
    if (bytes > device.largestBufferBytes()) throw full(bufferOf(bytes), null);
    if (bytesInUse + bytesWaiting + bytes > device.memoryBytes()) trim();
    if (bytesInUse + bytes > device.memoryBytes()) throw full(bufferOf(bytes), null);
    try {
      return new DeviceBuffer(driver.apply(bytes), bytes);
    } catch (CLException _) {
      queue.await(); // until then the driver keeps what is released, for the commands that use it
      trim();
      try {
        return new DeviceBuffer(driver.apply(bytes), bytes);
      } catch (CLException second) {
        throw full(bufferOf(bytes), second);
      }
    }
  }

  private static String bufferOf(long bytes) {
    return "a buffer of " + size(bytes);
  }

  /// @param what   finds no room
  /// @param cause what the driver answered; null if it was not asked
  synchronized OutOfMemory full(String what, CLException cause) {
    DeviceDescription device = queue.context().device().description();
    return new OutOfMemory("opencl: no room for " + what + " on " + device.name() + ": " + size(bytesInUse)
        + " of " + size(device.memoryBytes()) + " are in use, and a buffer may have " + size(device.largestBufferBytes())
        + "; use a smaller batch or encoder, or another device", cause);
  }

  synchronized void takeBack(DeviceBuffer buffer) {
    if (closed || !open.remove(buffer)) return;
    bytesInUse -= buffer.bytes();
    if (policy.reuse()) {
      free.computeIfAbsent(buffer.bytes(), _ -> new ArrayDeque<>()).addLast(buffer);
      bytesWaiting += buffer.bytes();
    } else {
      buffer.release(); // the driver keeps it until the queue has done what is under way
    }
  }

  @Override
  public synchronized void trim() {
    free.values().forEach(buffers -> buffers.forEach(DeviceBuffer::release));
    free.clear();
    bytesWaiting = 0;
  }

  @Override
  public synchronized long bytesInUse() {
    return bytesInUse;
  }

  @Override
  public synchronized long peakBytesInUse() {
    return peakBytesInUse;
  }

  @Override
  public synchronized long bytesAllocated() {
    return bytesAllocated;
  }

  @Override
  public long capacity() {
    return queue.context().device().description().memoryBytes();
  }

  /// Where the storages were made that are open now.
  synchronized List<String> places() {
    return open.stream().map(buffer -> size(buffer.bytes()) + " from " + buffer.birth()).sorted().toList();
  }

  private static String birth() {
    return STACK.walk(frames -> frames.filter(frame -> !isWayHere(frame.getClassName())).findFirst())
        .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber()).orElse("unknown");
  }

  private static boolean isWayHere(String className) {
    return className.startsWith(ENGINE) && WAY_HERE.stream().anyMatch(way -> className.startsWith(way, ENGINE.length()));
  }

  /// Releases every buffer. Those of storages that are still open are reported.
  @Override
  public synchronized void close() {
    if (closed) return;
    List<String> leaks = new ArrayList<>(places());
    if (!leaks.isEmpty()) {
      LOG.warn("opencl: {} storages were not closed before their engine: {}{}", leaks.size(),
          String.join(", ", leaks.subList(0, Math.min(LEAKS_SHOWN, leaks.size()))), leaks.size() > LEAKS_SHOWN ? ", …" : "");
    }
    closed = true;
    open.forEach(DeviceBuffer::release);
    open.clear();
    trim();
  }
}
