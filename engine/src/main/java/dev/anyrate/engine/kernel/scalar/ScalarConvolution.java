package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// One-dimensional convolution by its definition. In all three kernels s is a sample of the input, t one of the result and k a
/// tap, tied by `s = t·stride + k·dilation − padding`; o is an output channel, and c an input channel within the group of o.
public final class ScalarConvolution implements ConvolutionKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarConvolution(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void conv1d(Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage y) {
    var xs = Floats.of(x);
    var weights = Floats.of(weight);
    var biases = bias == null ? null : Floats.of(bias);
    var ys = Floats.of(y);
    int length = geometry.length();
    int outLength = geometry.outLength();
    int outChannels = geometry.outChannels();
    int kernel = geometry.kernel();
    int groupChannels = geometry.groupInChannels();
    workers.runRanges(geometry.batch() * outLength, Grain.of(2L * outChannels * kernel * groupChannels), (from, to) -> {
      for (int row = from; row < to; row++) {
        int b = row / outLength;
        int t = row % outLength;
        for (int o = 0; o < outChannels; o++) {
          double sum = biases == null ? 0 : biases.at(o);
          for (int k = 0; k < kernel; k++) {
            int s = t * geometry.stride() + k * geometry.dilation() - geometry.padding();
            if (s < 0 || s >= length) continue; // x is zero there
            int xStart = (b * length + s) * geometry.inChannels() + firstInChannel(geometry, o);
            for (int c = 0; c < groupChannels; c++) sum += xs.at(xStart + c) * weights.at((o * groupChannels + c) * kernel + k);
          }
          ys.set(row * outChannels + o, sum);
        }
      }
    });
  }

  @Override
  public void conv1dBackwardInput(Conv1dGeometry geometry, Storage dY, Storage weight, Storage dX) {
    var dYs = Floats.of(dY);
    var weights = Floats.of(weight);
    var dXs = Floats.of(dX);
    int length = geometry.length();
    int outLength = geometry.outLength();
    int inChannels = geometry.inChannels();
    int outChannels = geometry.outChannels();
    int kernel = geometry.kernel();
    int groupChannels = geometry.groupInChannels();
    workers.runRanges(geometry.batch() * length, Grain.of(2L * outChannels * kernel * groupChannels), (from, to) -> {
      double[] sum = new double[inChannels]; // row s of dX
      for (int row = from; row < to; row++) {
        int b = row / length;
        int s = row % length;
        Arrays.fill(sum, 0);
        for (int k = 0; k < kernel; k++) {
          int distance = s + geometry.padding() - k * geometry.dilation(); // t·stride, if any t reads s by this tap
          if (distance < 0 || distance % geometry.stride() != 0 || distance / geometry.stride() >= outLength) continue;
          int t = distance / geometry.stride();
          for (int o = 0; o < outChannels; o++) {
            double gradient = dYs.at((b * outLength + t) * outChannels + o);
            int first = firstInChannel(geometry, o);
            for (int c = 0; c < groupChannels; c++) sum[first + c] += gradient * weights.at((o * groupChannels + c) * kernel + k);
          }
        }
        for (int c = 0; c < inChannels; c++) dXs.set(row * inChannels + c, sum[c]);
      }
    });
  }

  @Override
  public void conv1dBackwardWeight(Conv1dGeometry geometry, Storage x, Storage dY, Storage dWeight) {
    var xs = Floats.of(x);
    var dYs = Floats.of(dY);
    var dWeights = Floats.of(dWeight);
    int length = geometry.length();
    int outLength = geometry.outLength();
    int outChannels = geometry.outChannels();
    int kernel = geometry.kernel();
    int groupChannels = geometry.groupInChannels();
    long operations = 2L * geometry.batch() * outLength * kernel * groupChannels;
    workers.runRanges(outChannels, Grain.of(operations), (from, to) -> {
      double[] sum = new double[kernel * groupChannels]; // [K, Cin/groups] of one output channel
      for (int o = from; o < to; o++) {
        Arrays.fill(sum, 0);
        for (int row = 0; row < geometry.batch() * outLength; row++) {
          int b = row / outLength;
          int t = row % outLength;
          double gradient = dYs.at(row * outChannels + o);
          for (int k = 0; k < kernel; k++) {
            int s = t * geometry.stride() + k * geometry.dilation() - geometry.padding();
            if (s < 0 || s >= length) continue; // x is zero there
            int xStart = (b * length + s) * geometry.inChannels() + firstInChannel(geometry, o);
            for (int c = 0; c < groupChannels; c++) sum[k * groupChannels + c] += gradient * xs.at(xStart + c);
          }
        }
        for (int c = 0; c < groupChannels; c++) {
          for (int k = 0; k < kernel; k++) dWeights.set((o * groupChannels + c) * kernel + k, sum[k * groupChannels + c]);
        }
      }
    });
  }

  /// The first of the input channels that an output channel sees.
  private static int firstInChannel(Conv1dGeometry geometry, int outChannel) {
    return outChannel / geometry.groupOutChannels() * geometry.groupInChannels();
  }
}
