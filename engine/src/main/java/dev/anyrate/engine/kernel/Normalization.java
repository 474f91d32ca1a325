package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// What [NormKernels#normalize] needs beside x and y, for kernels that normalise what they have just computed.
///
/// @param lengths  Read; `[B]`.
/// @param mean     Read; `[C]`.
/// @param variance Read; `[C]`.
/// @param gamma    Read; `[C]`.
/// @param beta     Read; `[C]`.
/// @param residual Read; `[B, L, C]`, null for none.
/// @param relu     whether the activation is max(·, 0), else there is none
public record Normalization(Storage lengths, Storage mean, Storage variance, float epsilon, Storage gamma, Storage beta,
    Storage residual, boolean relu) {}
