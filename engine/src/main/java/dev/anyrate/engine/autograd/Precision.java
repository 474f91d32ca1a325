package dev.anyrate.engine.autograd;

/// How a recorded step keeps its activations from the forward pass to the backward pass. All arithmetic is float32 in either case.
public enum Precision {
  /// As they are.
  FLOAT32,

  /// Rounded to bfloat16, in half the memory: the sign, the exponent and 8 bits of precision of a float (Kalamkar et al. 2019, <https://arxiv.org/abs/1905.12322>).
  ///
  /// Activations are results of three or more axes, `[B, L, C]`. They are rounded when the forward pass has no more use for them, and the backward pass reads the rounded
  /// numbers, or what is made from them again ([Step#remake]); so the loss of a step is the same to the last bit, and its gradients nearly. Everything else stays float32:
  /// parameters, gradients, statistics, embeddings. Where a batch normalisation reads a channel that varies by less than a hundredth of its mean, the rounding is as large as what
  /// varies, and its gradients are not near: as those of a constant channel, which are rounding errors in any precision.
  BF16
}
