package dev.anyrate.demo.command;

/// The encoders that can be trained.
enum EncoderName {
  /// Residual blocks of convolutions.
  CNN,
  /// Blocks of attention over patches.
  TRANSFORMER
}
