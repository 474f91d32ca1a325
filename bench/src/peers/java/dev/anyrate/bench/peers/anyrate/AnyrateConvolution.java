package dev.anyrate.bench.peers.anyrate;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.tensor.Tensor;

/// A convolution forward and backward, by the tape.
final class AnyrateConvolution {
  private AnyrateConvolution() {}

  /// @param inputGradient whether the gradient of the series is wanted too
  static Call prepare(Engine engine, Conv1dGeometry geometry, boolean inputGradient) {
    Tensor x = Inputs.uniform(engine, 1, geometry.batch(), geometry.length(), geometry.inChannels())
        .requiringGradient(inputGradient);
    Tensor weight = Inputs.uniform(engine, 2, geometry.outChannels(), geometry.inChannels(), geometry.kernel())
        .requiringGradient(true);
    Tensor bias = Inputs.uniform(engine, 3, geometry.outChannels()).requiringGradient(true);
    Tensor dY = Inputs.uniform(engine, 4, geometry.batch(), geometry.outLength(), geometry.outChannels());
    var convolution = new Conv1d(x, weight, bias, geometry.stride(), geometry.padding(), geometry.dilation(), 1);
    return Call.of(() -> {
      try (Tape tape = engine.tape()) {
        tape.backward(tape.run(convolution), dY);
      }
    }, () -> {
      try (Tape tape = engine.tape()) {
        Tensor y = tape.run(convolution);
        Gradients gradients = tape.backward(y, dY);
        Tensor dWeight = gradients.of(weight);
        Tensor dBias = gradients.of(bias);
        Tensor[] results = inputGradient
            ? new Tensor[] {y, dWeight, dBias, gradients.of(x)}
            : new Tensor[] {y, dWeight, dBias};
        return Call.of(engine, () -> {}, results).result();
      }
    });
  }
}
