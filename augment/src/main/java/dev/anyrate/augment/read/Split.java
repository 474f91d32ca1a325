package dev.anyrate.augment.read;

/// The two parts of a dataset of the UCR and UEA archives.
public enum Split {
  /// What models are fitted to.
  TRAIN,

  /// What they are judged on, and never see before.
  TEST
}
