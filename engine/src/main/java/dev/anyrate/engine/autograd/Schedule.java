package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Lease;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.PlannedStorage;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.memory.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// The work of a step in its order, and the memory that it asks for, written down while the step is planned: first the work of the forward pass, then [#turn], then
/// that of the backward pass. Only [#finish], when it is known how long everything is needed, decides where it lies.
final class Schedule implements Memory {
  private static final int NOT_YET = Integer.MAX_VALUE;

  /// The works between which a storage is needed.
  private record Lifetime(int first, int last) {}

  /// What came of a schedule.
  ///
  /// @param forward  work of the forward pass
  /// @param backward work of the backward pass
  record Plan(List<Runnable> forward, List<Runnable> backward, MemoryUse memory) {}

  private final Kernels kernels;
  private final Precision precision;
  private final List<Runnable> works = new ArrayList<>();
  private final Map<Storage, Lifetime> lifetimes = new LinkedHashMap<>(); // a storage is equal to itself only
  private final Map<Storage, Activation> activations = new LinkedHashMap<>();
  private int turn = NOT_YET;
  private int reading;
  private int firstReader = NOT_YET; // of the readings of the backward pass, the first that uses an activation
  private boolean finished;

  Schedule(Kernels kernels, Precision precision) {
    this.kernels = kernels;
    this.precision = precision;
  }

  @Override
  public PlannedStorage allocate(int size) {
    requirePlanning("memory was asked for");
    var handle = new PlannedStorage(size);
    lifetimes.put(handle, new Lifetime(works.size(), Lease.LASTING));
    return handle;
  }

  /// @param done what comes too late once the plan is made
  void requirePlanning(String done) {
    if (!finished) return;
    throw new IllegalStateException(
        "backward: " + done + " while the pass runs; do it in Step.backward, outside of the functions that it gives");
  }

  /// Says that nothing added from now on reads these numbers.
  void release(Storage handle) {
    lifetimes.computeIfPresent(handle, (_, lifetime) -> new Lifetime(lifetime.first, Math.max(lifetime.first, works.size() - 1)));
  }

  /// Says that what the next work makes is an activation: needed as long as there is work that uses it, and no more exactly than the precision says.
  ///
  /// @param remake makes it again; not used where an input would have to be made again first, so that each costs one work
  /// @param inputs that this needs
  void keep(PlannedStorage result, Optional<Consumer<Kernels>> remake, Collection<Storage> inputs) {
    boolean fromKept = used(inputs).stream().noneMatch(Activation::isRemade);
    lifetimes.remove(result);
    activations.put(result, new Activation(result, works.size(), kernels, remake.filter(_ -> fromKept), inputs));
  }

  /// Ends the forward pass.
  ///
  /// @param result is no activation but stays
  void turn(Storage result) {
    turn = works.size();
    Activation activation = activations.remove(result);
    if (activation != null) lifetimes.put(result, new Lifetime(0, Lease.LASTING));
  }

  /// Says that the work added from now on reads other activations than what was added before: it is the backward of another step, or of another part of one.
  void beginReading() {
    reading++;
  }

  /// Adds work behind all that was added before.
  ///
  /// @param uses what it may read or write of the forward pass
  void add(Runnable work, Collection<Storage> uses) {
    requirePlanning("work was given");
    bringBack(uses);
    used(uses).forEach(activation -> activation.use(works.size()));
    works.add(work);
  }

  /// Adds work that brings back those activations that are not there. They stay for the work that is added next.
  void bringBack(Collection<Storage> uses) {
    List<Activation> used = used(uses);
    if (turn != NOT_YET && firstReader == NOT_YET && !used.isEmpty()) firstReader = reading;
    int before = works.size() - 1;
    for (Activation activation : used) {
      if (isThere(activation, before)) continue;
      add(activation.comeBack(), activation.inputs());
      activation.begin(works.size() - 1);
    }
    used.forEach(activation -> activation.use(works.size() - 1));
  }

  private List<Activation> used(Collection<Storage> uses) {
    return uses.stream().map(activations::get).filter(Objects::nonNull).toList();
  }

  /// Whether an activation stays floats from its last use on. In bf16 it does so through the forward pass, and where one use follows the other at once; and what the backward
  /// pass reads first is as the forward pass left it, since nothing else needs room in between.
  ///
  /// @param before the work after which it may be needed again
  private boolean isThere(Activation activation, int before) {
    return precision == Precision.FLOAT32 || turn == NOT_YET || activation.last() >= before
        || activation.last() < turn && reading == firstReader;
  }

  /// Decides where everything lies.
  ///
  /// @param memory of which it takes its room
  Plan finish(StepMemory memory) {
    finished = true;
    List<Lease> leases = new ArrayList<>();
    activations.values().forEach(activation -> leases.addAll(activation.leases()));
    Map<PlannedStorage, Lease> settled = new LinkedHashMap<>();
    lifetimes.forEach(
        (handle, lifetime) -> settled.put((PlannedStorage) handle, new Lease(handle.size(), lifetime.first, lifetime.last)));
    leases.addAll(settled.values());
    long peak = memory.place(leases);
    settled.forEach((handle, lease) -> handle.moveTo(lease.place()));
    List<List<Runnable>> before = perWork();
    List<List<Runnable>> after = perWork();
    activations.values().forEach(activation -> activation.schedule(before, after));
    for (int i = 0; i < works.size(); i++) before.get(i).add(works.get(i));
    for (int i = 0; i < works.size(); i++) before.get(i).addAll(after.get(i));
    return new Plan(joined(before.subList(0, turn)), joined(before.subList(turn, works.size())),
        new MemoryUse(bytesKept(leases), peak));
  }

  private List<List<Runnable>> perWork() {
    List<List<Runnable>> lists = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) lists.add(new ArrayList<>());
    return lists;
  }

  private static List<Runnable> joined(List<List<Runnable>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /// Bytes that are needed both at the end of the forward pass and at the beginning of the backward pass.
  private long bytesKept(List<Lease> leases) {
    return leases.stream().filter(lease -> lease.from() < turn && lease.to() >= turn)
        .mapToLong(lease -> (long) lease.size() * Float.BYTES)
        .sum();
  }
}
