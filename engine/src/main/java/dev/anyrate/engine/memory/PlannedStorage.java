package dev.anyrate.engine.memory;

/// A handle that a plan gives out before it is decided where its numbers lie. They may lie in one place for a while, then nowhere, then in another place; whoever uses the
/// handle sees the place of the moment.
public final class PlannedStorage extends Storage {
  private Storage place; // null: nowhere

  /// @param size count of floats
  public PlannedStorage(int size) {
    super(size);
  }

  /// Says where the numbers lie from now on.
  ///
  /// @param to of this handle's size
  public void moveTo(Storage to) {
    if (to.size() != size()) throw new IllegalArgumentException("storage of " + size() + " floats: a place has " + to.size());
    place = to;
  }

  /// Says that the numbers lie nowhere from now on.
  public void leave() {
    place = null;
  }

  @Override
  public Storage place() {
    if (place == null) {
      throw new IllegalStateException("storage of " + size() + " floats has no numbers now: its program did not run yet, or does"
          + " not need them any more; a backward pass must name all that it reads, see BackwardPlan.reads");
    }
    return place;
  }

  @Override
  public Storage window(int from, int count) {
    return place().window(from, count);
  }

  /// The place belongs to the memory of the plan.
  @Override
  protected void release() {}
}
