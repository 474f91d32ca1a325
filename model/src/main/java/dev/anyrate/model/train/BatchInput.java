package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// A batch on the backend, as the input of a recorded step: overwritten by each batch of its shape.
public final class BatchInput implements AutoCloseable {
  private final Engine engine;
  private final Tensor views; // [2B, C, L]
  private final Tensor lengths; // [2B]
  private final float[] viewValues;
  private final float[] lengthValues;

  /// @param example a batch of the shape
  public BatchInput(Engine engine, PairedBatch example) {
    this.engine = engine;
    this.viewValues = new float[2 * example.view1().length];
    this.lengthValues = new float[2 * example.batchSize()];
    this.views = engine.full(Shape.of(lengthValues.length, example.channels(), example.length()), 0);
    this.lengths = engine.full(Shape.of(lengthValues.length), 0);
  }

  /// All first views, then all second views in the same order, `[2B, C, L]`.
  public Tensor views() {
    return views;
  }

  /// Valid samples of each, `[2B]`.
  public Tensor lengths() {
    return lengths;
  }

  /// Whether a batch has this shape.
  boolean fits(PairedBatch batch) {
    return 2 * batch.batchSize() == views.dim(0) && batch.channels() == views.dim(1) && batch.length() == views.dim(2);
  }

  /// @param batch of this shape
  public void write(PairedBatch batch) {
    System.arraycopy(batch.view1(), 0, viewValues, 0, batch.view1().length);
    System.arraycopy(batch.view2(), 0, viewValues, batch.view1().length, batch.view2().length);
    for (int i = 0; i < batch.batchSize(); i++) {
      lengthValues[i] = batch.lengths1()[i];
      lengthValues[batch.batchSize() + i] = batch.lengths2()[i];
    }
    engine.write(views, viewValues);
    engine.write(lengths, lengthValues);
  }

  long bytes() {
    return (long) Float.BYTES * (views.size() + lengths.size());
  }

  @Override
  public void close() {
    views.storage().close();
    lengths.storage().close();
  }
}
