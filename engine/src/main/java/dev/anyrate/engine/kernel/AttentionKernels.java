package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Scaled dot-product attention (Vaswani et al. 2017, <https://arxiv.org/abs/1706.03762>) without its matrix: scores are made tile by tile, the
/// softmax keeps a running maximum and sum, and the backward pass makes the tiles again
/// (Dao et al. 2022, <https://arxiv.org/abs/2205.14135>). So memory grows with the length, not with its square.
///
/// Queries, keys and values stand beside each other in the channels of one tensor, `[B, L, 3·H]`, as one linear map makes them, and the heads are runs of
/// `headSize` channels in each; `H = heads·headSize`. Nothing is transposed.
public interface AttentionKernels {
  /// For each head, `y[i] = Σ_j p_ij·v[j]` with `p_ij = e^(s_ij − logSum_i)`, `s_ij = q[i]·k[j]/√headSize` and `logSum_i = ln Σ_j e^s_ij`, the sums
  /// over the valid keys j. Every query has a result, also one behind the valid samples; where there is no valid key it is 0.
  ///
  /// @param qkv     Read; `[batch, length, 3·heads·headSize]`; finite, and so that the s_ij are.
  /// @param lengths Read; `[batch]`, valid keys of each series, 0 to `length`, see [ValidLength].
  /// @param y       Overwritten; `[batch, length, heads·headSize]`.
  /// @param logSum  Overwritten; `[batch, heads, length]`.
  void attention(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y, Storage logSum);

  /// With `dP_ij = dY[i]·v[j]`, `D_i = Σ_j p_ij·dP_ij = dY[i]·y[i]` and `dS_ij = p_ij·(dP_ij − D_i)/√headSize`:
  /// `dQ[i] = Σ_j dS_ij·k[j]`, `dK[j] = Σ_i dS_ij·q[i]`, `dV[j] = Σ_i p_ij·dY[i]`. Keys and values behind the valid samples get 0.
  ///
  /// @param qkv     Read.
  /// @param lengths Read.
  /// @param y       Read: result of the forward kernel.
  /// @param logSum  Read: result of the forward kernel.
  /// @param dY      Read.
  /// @param dQkv    Overwritten.
  void attentionBackward(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y, Storage logSum,
      Storage dY, Storage dQkv);
}
