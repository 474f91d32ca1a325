package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Losses: `loss` and `dLoss` are storages of one element.
public interface LossKernels {
  /// loss = mean of (a − b)²
  ///
  /// @param a    Read.
  /// @param b    Read.
  /// @param loss Overwritten.
  void meanSquaredError(int size, Storage a, Storage b, Storage loss);

  /// dA = 2(a − b)/size·dLoss. The gradient of b is the same with the roles exchanged.
  ///
  /// @param dA Overwritten.
  void meanSquaredErrorBackward(int size, Storage a, Storage b, Storage dLoss, Storage dA);

  /// `loss = mean over rows of −log softmax(logits)[label]`
  ///
  /// @param logits Read; `[rows, classes]`.
  /// @param labels Read; `[rows]`, whole numbers in 0 … classes − 1.
  /// @param loss   Overwritten; NaN on a device if a label is no class.
  /// @throws IllegalArgumentException if a label is no class, except on a device
  void crossEntropy(int rows, int classes, Storage logits, Storage labels, Storage loss);

  /// `dLogits = (softmax(logits) − [class = label])/rows·dLoss`
  ///
  /// @param dLogits Overwritten.
  void crossEntropyBackward(int rows, int classes, Storage logits, Storage labels, Storage dLoss, Storage dLogits);

  /// NT-Xent, the normalised temperature-scaled cross-entropy of SimCLR (Chen et al. 2020, <https://arxiv.org/abs/2002.05709>).
  /// With B pairs, row i and row p(i) = (i + B) mod 2B views of the same series, z_i = x_i/max(‖x_i‖, epsilon) and s_ij = z_i·z_j/temperature:
  ///
  /// `loss = mean over i of ( logSum_i − s_i,p(i) )` with `logSum_i = ln Σ_{j ≠ i} e^s_ij`
  ///
  /// The 2B × 2B matrix is never stored whole; memory beyond the results grows with B, not with its square.
  ///
  /// @param x      Read; `[2B, D]`, first views in front.
  /// @param norm   Overwritten; `[2B]`, max(‖x_i‖, epsilon).
  /// @param logSum Overwritten; `[2B]`.
  /// @param loss   Overwritten.
  void ntXent(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum, Storage loss);

  /// With p_ij = e^(s_ij − logSum_i) for j ≠ i, and s_ij = s_ji:
  ///
  /// `dZ_i = dLoss/(2B·temperature)·( Σ_{j ≠ i} (p_ij + p_ji)·z_j − 2·z_p(i) )` and `dX_i = (dZ_i − z_i·Σ dZ_i·z_i)/norm_i`,
  /// or `dZ_i/norm_i` where norm_i is epsilon: a norm that is below counts as this constant.
  ///
  /// @param norm   Read: result of the forward kernel.
  /// @param logSum Read: likewise.
  /// @param dX     Overwritten; `[2B, D]`.
  void ntXentBackward(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage dLoss, Storage dX);
}
