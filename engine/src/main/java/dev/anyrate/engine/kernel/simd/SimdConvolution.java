package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.kernel.Normalization;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.HashMap;
import java.util.Map;

/// Chooses between [Winograd] and the direct form, for each of the three products of a convolution.
final class SimdConvolution implements ConvolutionKernels {
  /// Geometries that are remembered: more than one model has, few enough to be nothing in memory where every batch has another length.
  private static final int REMEMBERED = 256;

  private final DirectConvolution direct;
  private final WinogradConvolution winograd;
  private final ConvolutionWeightGradient directWeightGradient;
  private final WinogradWeightGradient winogradWeightGradient;
  private final SeriesNormalization normalization = new SeriesNormalization();
  private final BatchMoments moments = new BatchMoments();
  private final Map<Conv1dGeometry, Forms> forms = new HashMap<>();

  SimdConvolution(Workers workers) {
    this.direct = new DirectConvolution(workers);
    this.winograd = new WinogradConvolution(workers);
    this.directWeightGradient = new ConvolutionWeightGradient(workers);
    this.winogradWeightGradient = new WinogradWeightGradient(workers);
  }

  /// What follows from a geometry alone.
  private record Forms(boolean winograd, ConvolutionPanels forward, ConvolutionPanels backward, WinogradTiling forwardTiling,
      WinogradTiling backwardTiling) {
    static Forms of(Conv1dGeometry geometry) {
      Correlation forward = Correlation.forward(geometry);
      Correlation backward = Correlation.backwardInput(geometry);
      boolean winograd = Winograd.suits(geometry);
      return new Forms(winograd, new ConvolutionPanels(forward, false, geometry.groups()),
          new ConvolutionPanels(backward, true, geometry.groups()), winograd ? new WinogradTiling(forward) : null,
          winograd ? new WinogradTiling(backward) : null);
    }
  }

  private Forms forms(Conv1dGeometry geometry) {
    Forms known = forms.get(geometry);
    if (known != null) return known;
    if (forms.size() == REMEMBERED) forms.clear();
    Forms made = Forms.of(geometry);
    forms.put(geometry, made);
    return made;
  }

  @Override
  public void conv1d(Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage y) {
    forward(geometry, x, weight, bias, null, y);
  }

  @Override
  public void conv1dNormalized(NormKernels norm, Conv1dGeometry geometry, Storage x, Storage weight, Storage bias,
      Normalization after, Storage y) {
    HeapStorage residual = after.residual() == null ? null : HeapStorage.of(after.residual());
    normalization.set(geometry.outLength(), geometry.outChannels(), HeapStorage.of(after.lengths()),
        HeapStorage.of(after.mean()), HeapStorage.of(after.variance()), after.epsilon(), HeapStorage.of(after.gamma()),
        HeapStorage.of(after.beta()), residual, after.relu());
    forward(geometry, x, weight, bias, normalization, y);
  }

  @Override
  public void conv1dMeasured(NormKernels norm, Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage lengths,
      Storage y, Storage mean, Storage variance) {
    if (geometry.outChannels() < LANES) {
      ConvolutionKernels.super.conv1dMeasured(norm, geometry, x, weight, bias, lengths, y, mean, variance);
      return;
    }
    moments.start(geometry.batch(), geometry.outLength(), geometry.outChannels(), HeapStorage.of(lengths));
    forward(geometry, x, weight, bias, moments, y);
    moments.finish(HeapStorage.of(mean), HeapStorage.of(variance));
  }

  private void forward(Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Epilogue after, Storage y) {
    Forms form = forms(geometry);
    HeapStorage offsets = bias == null ? null : HeapStorage.of(bias);
    if (form.winograd) {
      winograd.correlate(geometry.batch(), form.forwardTiling, false, HeapStorage.of(x), HeapStorage.of(weight), offsets, after,
          HeapStorage.of(y));
    } else {
      direct.correlate(geometry.batch(), form.forward, HeapStorage.of(x), HeapStorage.of(weight), offsets, after,
          HeapStorage.of(y));
    }
  }

  @Override
  public void conv1dBackwardInput(Conv1dGeometry geometry, Storage dY, Storage weight, Storage dX) {
    Forms form = forms(geometry);
    if (form.winograd) {
      winograd.correlate(geometry.batch(), form.backwardTiling, true, HeapStorage.of(dY), HeapStorage.of(weight), null, null,
          HeapStorage.of(dX));
    } else {
      direct.correlate(geometry.batch(), form.backward, HeapStorage.of(dY), HeapStorage.of(weight), null, null,
          HeapStorage.of(dX));
    }
  }

  @Override
  public void conv1dBackwardWeight(Conv1dGeometry geometry, Storage x, Storage dY, Storage dWeight) {
    Forms form = forms(geometry);
    if (form.winograd) {
      winogradWeightGradient.compute(geometry.batch(), form.forwardTiling, HeapStorage.of(x), HeapStorage.of(dY),
          HeapStorage.of(dWeight));
    } else {
      directWeightGradient.compute(geometry, form.forward.form(), HeapStorage.of(x), HeapStorage.of(dY), HeapStorage.of(dWeight));
    }
  }
}
