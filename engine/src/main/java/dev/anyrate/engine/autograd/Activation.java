package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Lease;
import dev.anyrate.engine.memory.PlannedStorage;
import dev.anyrate.engine.memory.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A result of the forward pass in a [Schedule]. It stays floats in one place as long as work that uses it comes one after the other. Between two such stays it is packed to bfloat16,
/// or, if it can be made again, not kept at all.
final class Activation {
  private final PlannedStorage handle;
  private final Kernels kernels;
  private final Optional<Consumer<Kernels>> remake;
  private final Collection<Storage> inputs;
  private final List<Lease> stays = new ArrayList<>();
  private Lease packed; // null if never
  private int first; // work of the present stay
  private int last;

  /// @param work   at this place of the schedule makes it
  /// @param remake makes it again
  /// @param inputs that this needs
  Activation(PlannedStorage handle, int work, Kernels kernels, Optional<Consumer<Kernels>> remake, Collection<Storage> inputs) {
    this.handle = handle;
    this.first = work;
    this.last = work;
    this.kernels = kernels;
    this.remake = remake;
    this.inputs = isRemade() ? inputs : List.of();
  }

  /// Whether it is made again instead of kept.
  boolean isRemade() {
    return remake.isPresent();
  }

  /// The work that brings it back: the first one of a stay, but for the very first stay.
  Runnable comeBack() {
    return remake.<Runnable>map(make -> () -> make.accept(kernels))
        .orElse(() -> kernels.bfloat16().unpack(handle.size(), packed.place(), handle));
  }

  /// What [#comeBack()] reads of the forward pass.
  Collection<Storage> inputs() {
    return inputs;
  }

  /// The last work so far that uses it.
  int last() {
    return last;
  }

  /// Says that it stays up to the work at this place.
  void use(int work) {
    last = Math.max(last, work);
  }

  /// Says that it comes back with the work at this place.
  void begin(int work) {
    stays.add(new Lease(handle.size(), first, last));
    first = work;
    last = work;
  }

  /// The room that it needs. To be called once, at last.
  List<Lease> leases() {
    stays.add(new Lease(handle.size(), first, last));
    List<Lease> leases = new ArrayList<>(stays);
    if (stays.size() > 1 && !isRemade()) {
      packed = new Lease(Math.ceilDiv(handle.size(), 2), stays.getFirst().to(), stays.getLast().from());
      leases.add(packed);
    }
    return leases;
  }

  /// Adds what has to be done for it, when all places are found.
  ///
  /// @param before what comes before each work
  /// @param after  what follows it
  void schedule(List<List<Runnable>> before, List<List<Runnable>> after) {
    for (Lease stay : stays) {
      before.get(stay.from()).add(() -> handle.moveTo(stay.place()));
      if (packed != null && stay == stays.getFirst()) {
        after.get(stay.to()).add(() -> kernels.bfloat16().pack(handle.size(), handle, packed.place()));
      }
      after.get(stay.to()).add(handle::leave);
    }
  }
}
