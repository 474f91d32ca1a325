package dev.anyrate.engine.memory;

/// A run of float32 numbers in the memory of one backend. It knows its size and whether it was given back, nothing else.
///
/// A storage is handed out by a [Memory] and goes back to it by [#close()]; from then on every use of this handle is an error,
/// even though the numbers behind it may already serve another storage. Closing twice is harmless.
public abstract class Storage implements AutoCloseable {
  private final int size;
  private final Storage owner; // null: this storage itself
  private boolean closed;

  /// @param size count of floats, at least 0
  protected Storage(int size) {
    this(size, null);
  }

  /// @param size  count of floats, at least 0
  /// @param owner whose numbers these are, and which must be open for this handle to be usable
  protected Storage(int size, Storage owner) {
    if (size < 0) throw new IllegalArgumentException("storage: size is " + size + "; it must not be negative");
    this.size = size;
    this.owner = owner;
  }

  /// Count of floats.
  public final int size() {
    return size;
  }

  /// Whether [#close()] was called on this handle.
  public final boolean isClosed() {
    return closed || owner != null && owner.isClosed();
  }

  /// The storage that holds the numbers: this one, unless it is the handle of a [plan][PlannedStorage].
  public Storage place() {
    return this;
  }

  /// Another handle on a part of these numbers. It does not own them: they are usable as long as this storage is open.
  ///
  /// @param from  first number
  /// @param count how many
  public abstract Storage window(int from, int count);

  /// Gives the numbers back to where they came from.
  @Override
  public final void close() {
    if (closed) return;
    closed = true;
    release();
  }

  /// Returns the buffer behind this handle; called once.
  protected abstract void release();

  /// @throws IllegalStateException if this handle was closed
  protected final void requireOpen() {
    if (isClosed()) {
      throw new IllegalStateException(
          "storage of " + size + " floats was given back already (its tape, model or engine is closed);"
              + " copy what must outlive it with Engine.toHost");
    }
  }
}
