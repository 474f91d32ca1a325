package dev.anyrate.engine.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The memory of one step: remembers every storage it hands out and gives all of them back at once.
///
/// A storage whose numbers are dead can be [released][#release]: its buffer then serves a later request, while the handle stays open, because a planned step writes
/// to it again when it is run again. So the storages of a plan share buffers in the order in which the plan was made, and only in that order may it be run.
///
/// Over a memory that does not reuse (for finding faults) nothing is shared.
public final class StepMemory implements Memory, AutoCloseable {
  private final Memory source;
  private final List<Storage> buffers = new ArrayList<>();
  private final Map<Storage, Storage> bufferOf = new IdentityHashMap<>();
  private final TreeMap<Integer, ArrayDeque<Storage>> free = new TreeMap<>();
  private final Set<Storage> usedByPlan = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  /// @param source where buffers come from and go back to
  public StepMemory(Memory source) {
    this.source = source;
  }

  @Override
  public Storage allocate(int size) {
    requireOpen();
    Storage buffer = source.reuses() ? freeOrNew(size) : fresh(size);
    Storage handle = buffer.size() == size ? buffer : buffer.window(0, size);
    bufferOf.put(handle, buffer);
    usedByPlan.add(buffer);
    return handle;
  }

  /// The smallest free buffer that is large enough, unless a third of it would be unused.
  private Storage freeOrNew(int size) {
    var fitting = free.ceilingEntry(size);
    if (fitting == null || fitting.getKey() > HeapMemory.sizeClass(size) * 3L / 2) return fresh(HeapMemory.sizeClass(size));
    Storage buffer = fitting.getValue().removeLast();
    if (fitting.getValue().isEmpty()) free.remove(fitting.getKey());
    return buffer;
  }

  private Storage fresh(int size) {
    Storage buffer = source.allocate(size);
    buffers.add(buffer);
    return buffer;
  }

  /// Says that nothing planned from now on reads these numbers, so their place may be taken. The handle stays open.
  ///
  /// @param handle from this memory
  public void release(Storage handle) {
    Storage buffer = bufferOf.remove(handle);
    if (buffer == null)
      throw new IllegalArgumentException("a storage of " + handle.size() + " floats was released twice, or is of another memory");
    makeFree(buffer);
  }

  private void makeFree(Storage buffer) {
    if (source.reuses()) free.computeIfAbsent(buffer.size(), _ -> new ArrayDeque<>()).addLast(buffer);
  }

  /// Begins another plan in the same buffers, of which only one is run at a time. What former plans left there is overwritten.
  public void beginPlan() {
    requireOpen();
    free.clear();
    bufferOf.clear();
    usedByPlan.clear();
    buffers.forEach(this::makeFree);
  }

  /// Bytes of the buffers that the present plan uses: its peak, since they stay with it.
  public long bytesOfPlan() {
    return usedByPlan.stream().mapToLong(buffer -> (long) buffer.size() * Float.BYTES).sum();
  }

  /// @throws IllegalStateException if everything was given back already
  public void requireOpen() {
    if (closed) throw new IllegalStateException("this tape is closed; open a new one with Engine.tape() (or Engine.inference())");
  }

  /// Gives everything back.
  @Override
  public void close() {
    closed = true;
    buffers.forEach(Storage::close);
  }
}
