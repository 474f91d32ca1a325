package dev.anyrate.engine.kernel;

/// Constants of Adam.
///
/// @param beta1          decay of the first moment
/// @param beta2          decay of the second moment
/// @param epsilon        added to the root of the second moment
/// @param coupledDecay   weight decay as part of the gradient (Adam with L2)
/// @param decoupledDecay weight decay apart from the gradient (AdamW; Loshchilov and Hutter 2019, <https://arxiv.org/abs/1711.05101>)
public record AdamConstants(float beta1, float beta2, float epsilon, float coupledDecay, float decoupledDecay) {}
