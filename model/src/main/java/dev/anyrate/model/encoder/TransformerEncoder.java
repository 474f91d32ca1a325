package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.MeanOverTime;
import dev.anyrate.engine.ops.NextStep;
import dev.anyrate.engine.ops.RelativePosition;
import dev.anyrate.engine.ops.Slice;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.LayerNormLayer;
import dev.anyrate.model.layers.LinearLayer;
import dev.anyrate.model.layers.PatchLayer;
import java.util.ArrayList;
import java.util.List;

/// A light transformer: patches, their places in relative time, pre-norm blocks, norm, mean over the valid patches, linear map.
///
/// A level's features are `[B, P, H]` with a count of valid patches for each series. `docs/transformer.md` says why time is relative.
public final class TransformerEncoder implements Encoder {
  /// Rows of patches that go through all blocks together. No series depends on another, so a batch is worked on in groups whose
  /// activations and gradients stay in the cache from one operation to the next: 8 % faster for 256 series of 32 patches, with 512 to 2,048 rows alike.
  private static final int ROWS_IN_CACHE = 2048;

  private final TransformerEncoderConfig config;
  private final PatchLayer patches;
  private final List<TransformerBlock> blocks;
  private final LayerNormLayer norm;
  private final LinearLayer embed;

  /// Groups that were trained on so far, of which the draws of dropout are functions. In checkpoints, so that a resumed run draws what an unbroken one would;
  /// null without dropout.
  private final Tensor dropoutDraws;

  TransformerEncoder(TransformerEncoderConfig config, Initializer initializer) {
    this.config = config;
    int width = config.hidden();
    this.patches = PatchLayer.create(initializer.scope("patches"), config.inputChannels(), width, config.patch(),
        config.stride());
    this.blocks = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      Initializer scope = initializer.scope("blocks").scope(String.valueOf(i));
      blocks.add(TransformerBlock.create(scope, width, config.heads(), config.dropout()));
    }
    this.norm = LayerNormLayer.create(initializer.scope("norm"), width);
    this.embed = LinearLayer.create(initializer.scope("embed"), width, config.embedding());
    this.dropoutDraws = config.dropout() == 0 ? null : initializer.scope("dropout").buffer("draws", Shape.of(1), 0);
  }

  @Override
  public TransformerEncoderConfig config() {
    return config;
  }

  @Override
  public Tensor linear(Execution execution, Tensor series, Tensor lengths) {
    int rows = Math.ceilDiv(series.dim(1), config.stride()); // of a series, nearly
    int size = Math.max(1, ROWS_IN_CACHE / rows);
    if (series.dim(0) <= size) return group(execution, series, lengths);
    var groups = new ArrayList<Tensor>();
    for (int from = 0; from < series.dim(0); from += size) {
      int to = Math.min(series.dim(0), from + size);
      groups.add(group(execution, execution.run(new Slice(series, 0, from, to)), execution.run(new Slice(lengths, 0, from, to))));
    }
    return execution.run(new Concat(groups, 0));
  }

  /// The linear embedding of a few series.
  private Tensor group(Execution execution, Tensor series, Tensor lengths) {
    Tensor counts = patches.counts(execution, lengths);
    Tensor features = norm.forward(execution, levels(execution, series, lengths, counts).getLast()); // [B, P, H]
    return embed.forward(execution, execution.run(new MeanOverTime(features, counts)));
  }

  @Override
  public Tensor pooled(Execution execution, Tensor series, Tensor lengths) {
    Tensor counts = patches.counts(execution, lengths);
    return LevelStatistics.of(execution, levels(execution, series, lengths, counts), counts);
  }

  /// The placed patches, and the output of each block.
  private List<Tensor> levels(Execution execution, Tensor series, Tensor lengths, Tensor counts) {
    Tensor step = dropoutDraws != null && execution.training() ? execution.run(new NextStep(dropoutDraws)) : null;
    var levels = new ArrayList<Tensor>();
    levels.add(execution.run(new RelativePosition(patches.forward(execution, series), lengths, config.stride())));
    for (TransformerBlock block : blocks) levels.add(block.forward(execution, levels.getLast(), counts, step));
    return levels;
  }
}
