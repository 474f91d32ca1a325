package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// An exponential moving average of a model's weights and running statistics, which makes steadier embeddings than the weights of the
/// last step (Polyak and Juditsky 1992; Tarvainen and Valpola 2017, <https://arxiv.org/abs/1703.01780>).
///
/// After step t: `average = d·average + (1 − d)·weights` with `d = min(decay, (1 + t)/(10 + t))`, so that the first weights are soon
/// forgotten in a short run.
public final class WeightAverage implements AutoCloseable {
  private record Slot(Tensor weights, Tensor average) {}

  private final Engine engine;
  private final float decay;
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /// Begins with the present weights.
  ///
  /// @param weights by name
  /// @param decay   from 0 up to, not including, 1
  public WeightAverage(Engine engine, Map<String, Tensor> weights, float decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "averaging of weights: decay " + decay + "; give a number from 0 up to, not including, 1, such as 0.999");
    }
    this.engine = engine;
    this.decay = decay;
    weights.forEach((name, tensor) -> slots.put(name, new Slot(tensor, engine.tensor(tensor.shape(), engine.toHost(tensor)))));
  }

  /// Takes in the weights after a step.
  ///
  /// @param steps made so far, at least 1
  public void update(int steps) {
    float kept = Math.min(decay, (1f + steps) / (10f + steps));
    for (Slot slot : slots.values()) {
      engine.kernels().elementwise().scale(slot.average.size(), kept, slot.average.storage(), slot.average.storage());
      engine.kernels().elementwise().addScaled(slot.average.size(), 1 - kept, slot.weights.storage(), slot.average.storage());
    }
  }

  /// Exchanges weights and average: a second call restores both, bit for bit.
  public void swap() {
    for (Slot slot : slots.values()) {
      float[] weights = engine.toHost(slot.weights);
      engine.kernels().transfer().copy(slot.average.storage(), slot.weights.storage());
      engine.write(slot.average, weights);
    }
  }

  /// The average by name; the training state keeps it.
  public Map<String, Tensor> state() {
    var state = new LinkedHashMap<String, Tensor>();
    slots.forEach((name, slot) -> state.put("average." + name, slot.average));
    return state;
  }

  @Override
  public void close() {
    slots.values().forEach(slot -> slot.average.storage().close());
  }
}
