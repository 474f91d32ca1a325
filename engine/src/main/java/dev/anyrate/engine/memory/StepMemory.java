package dev.anyrate.engine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The memory of one step: remembers every storage it hands out and gives all of them back at once.
///
/// A plan knows beforehand from when to when it needs which numbers. It asks for all of them together, by [#place], and they share buffers: what is dead makes room for what
/// comes later. So only in the order in which it was made may a plan be run.
///
/// Over a memory that does not reuse (for finding faults) nothing is shared.
public final class StepMemory implements Memory, AutoCloseable {
  /// Floats of a buffer, at most, unless a single lease has more: 1 GiB, which devices give in one piece.
  private static final int LARGEST_BUFFER = 1 << 28;

  /// Floats that may be wasted without a thought: 64 KiB.
  private static final int LITTLE = 1 << 14;

  private final Memory source;
  private final List<Storage> storages = new ArrayList<>();
  private final List<SharedBuffer> buffers = new ArrayList<>(); // that plans share
  private boolean closed;

  /// @param source where storages come from and go back to
  public StepMemory(Memory source) {
    this.source = source;
  }

  @Override
  public Storage allocate(int size) {
    requireOpen();
    Storage storage = source.allocate(size);
    storages.add(storage);
    return storage;
  }

  @Override
  public boolean reuses() {
    return source.reuses();
  }

  /// Begins with a plan that is never run together with former ones: its numbers take their places.
  public void forgetFormerPlans() {
    requireOpen();
    buffers.forEach(SharedBuffer::clear);
  }

  /// Finds a place for each lease: the largest first, at the first offset of the first buffer where there is room as long as the lease lasts
  /// ("greedy by size", Pisarchyk and Lee 2020, <https://arxiv.org/abs/2001.03288>). What lasts of former plans stays where it is.
  ///
  /// @param leases of one plan, which counts its moments from 0
  /// @return bytes of the buffers in which they are
  public long place(List<Lease> leases) {
    requireOpen();
    if (!source.reuses()) {
      leases.forEach(lease -> lease.placeAt(allocate(lease.size())));
      return leases.stream().mapToLong(lease -> (long) lease.size() * Float.BYTES).sum();
    }
    List<Lease> left = new ArrayList<>(leases);
    left.sort(Comparator.comparingInt(Lease::size).reversed().thenComparingInt(Lease::from));
    for (SharedBuffer buffer : buffers) left.removeIf(buffer::take);
    while (!left.isEmpty()) {
      var buffer = new SharedBuffer(sizeOfBuffer(left));
      left.removeIf(buffer::take);
      buffers.add(buffer);
    }
    return buffers.stream().mapToLong(buffer -> buffer.settle(this)).sum();
  }

  /// A size that comes without waste: that which all these leases need where it is about a class of sizes, else the class below, and what finds no room in it gets another buffer.
  ///
  /// @param leases the largest first
  private static int sizeOfBuffer(List<Lease> leases) {
    int largest = leases.getFirst().room();
    var trial = new SharedBuffer(Math.max(LARGEST_BUFFER, largest));
    leases.forEach(trial::take);
    int needed = trial.end();
    int size = HeapMemory.sizeClass(needed);
    if (size - needed <= Math.max(needed / 32, LITTLE)) return size;
    return Math.max(HeapMemory.sizeClassBelow(needed), HeapMemory.sizeClass(largest));
  }

  /// @throws IllegalStateException if everything was given back already
  public void requireOpen() {
    if (!closed) return;
    throw new IllegalStateException(
        "this tape, inference or step memory is closed; open a new one with Engine.tape(), inference() or stepMemory()");
  }

  /// Gives everything back.
  @Override
  public void close() {
    closed = true;
    storages.forEach(Storage::close);
  }
}
