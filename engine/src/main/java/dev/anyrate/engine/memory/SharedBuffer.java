package dev.anyrate.engine.memory;

import java.util.ArrayList;
import java.util.List;

/// A buffer in which several leases have their places: beside each other, or one after the other.
final class SharedBuffer {
  private static final int NONE = -1;

  private record Guest(Lease lease, int offset) {
    int end() {
      return offset + lease.room();
    }
  }

  private final List<Guest> guests = new ArrayList<>(); // by offset
  private final int size;
  private Storage storage; // null before it is settled

  /// @param size floats
  SharedBuffer(int size) {
    this.size = size;
  }

  /// Finds a place for a lease, if there is one.
  ///
  /// @return whether there is
  boolean take(Lease lease) {
    int offset = gap(lease);
    if (offset == NONE) return false;
    int index = 0;
    while (index < guests.size() && guests.get(index).offset < offset) index++;
    guests.add(index, new Guest(lease, offset));
    return true;
  }

  /// The first offset from which on enough floats are free as long as the lease lasts.
  private int gap(Lease lease) {
    int offset = 0;
    for (Guest guest : guests) {
      if (!guest.lease.overlaps(lease)) continue;
      if (guest.offset - offset >= lease.room()) return offset;
      offset = Math.max(offset, guest.end());
    }
    return size - offset >= lease.room() ? offset : NONE;
  }

  /// Floats up to the end of the last lease.
  int end() {
    return guests.stream().mapToInt(Guest::end).max().orElse(0);
  }

  /// Gives the leases their places, and forgets those that are over when the plan has been run. The others keep them, from the beginning of the next plan on.
  ///
  /// @param source of the buffer, if it has none yet
  /// @return bytes, 0 if no lease is in it
  long settle(Memory source) {
    if (guests.isEmpty()) return 0;
    if (storage == null) storage = source.allocate(size);
    for (Guest guest : guests) guest.lease.placeAt(storage.window(guest.offset, guest.lease.size()));
    guests.removeIf(guest -> guest.lease.to() != Lease.LASTING);
    guests.replaceAll(guest -> new Guest(new Lease(guest.lease.size(), 0, Lease.LASTING), guest.offset));
    return (long) size * Float.BYTES;
  }

  /// Forgets all leases.
  void clear() {
    guests.clear();
  }
}
