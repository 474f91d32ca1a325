package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.ReferenceCnn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The whole reference CNN: its results, every gradient, and the losses of Adam's first steps.
final class GoldenContrastiveCnn implements GoldenOperation {
  private static final AdamConstants ADAM = new AdamConstants(0.9f, 0.999f, 1e-8f, 0, 0);

  private record Moments(Storage first, Storage second) {}

  @Override
  public void check(GoldenCase golden, Kernels kernels) {
    try (var in = new GoldenGraph(golden, kernels)) {
      Tensor view1 = in.leaf("view1");
      Tensor view2 = in.leaf("view2");
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      golden.tensorsUnder("param.").keySet().forEach(name -> parameters.put(name, in.leaf(name)));

      float temperature = golden.number("temperature");
      var result = new ReferenceCnn(in.tape(), parameters).forward(view1, view2, temperature);
      in.checkOutput("embedding", result.embedding());
      in.checkOutput("projection", result.projection());
      in.checkOutput("loss", result.loss());
      in.checkGradients(result.loss());

      Map<Tensor, Moments> moments = new HashMap<>();
      for (Tensor parameter : parameters.values()) {
        moments.put(parameter, new Moments(in.full(parameter.shape(), 0).storage(), in.full(parameter.shape(), 0).storage()));
      }
      float[] losses = new float[golden.count("steps")];
      for (int step = 1; step <= losses.length; step++) {
        try (Tape tape = new Tape(kernels, true)) {
          Tensor loss = new ReferenceCnn(tape, parameters).forward(view1, view2, temperature).loss();
          kernels.transfer().download(loss.storage(), losses, step - 1);
          Gradients gradients = tape.backward(loss);
          for (Tensor parameter : parameters.values()) {
            Moments own = moments.get(parameter);
            kernels.optimizer().adam(parameter.size(), ADAM, golden.number("learning_rate"), step, parameter.storage(),
                gradients.of(parameter).storage(), own.first, own.second);
          }
        }
      }
      Compare.assertClose(golden + ": losses of Adam's steps", golden.tensor("out.adam_losses").doubles(), losses,
          GoldenTolerance.OUTPUT);
    }
  }
}
