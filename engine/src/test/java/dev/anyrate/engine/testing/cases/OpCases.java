package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.testing.OpCase;
import java.util.List;
import java.util.stream.Stream;

/// The cases of all operations.
public final class OpCases {
  private OpCases() {}

  /// Every case of every family.
  public static List<OpCase> all() {
    return Stream.of(ElementwiseCases.all(), MatrixCases.all(), ConvolutionCases.all(), BatchNormCases.all(),
        NormalizedConvolutionCases.all(),
        LayerNormCases.all(), GroupNormCases.all(), SoftmaxCases.all(), AttentionCases.all(), PositionCases.all(),
        DropoutCases.all(), LossCases.all(), NtXentCases.all(),
        ReductionCases.all(), PoolingCases.all(), LayoutCases.all(), SimilarityCases.all()).flatMap(List::stream).toList();
  }
}
