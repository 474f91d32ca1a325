package dev.anyrate.model.evaluate.proof;

import java.util.Locale;

/// What is measured: the encoder under proof, and everything it has to be better than.
public enum Method {
  /// The encoder, told nothing of the rate.
  TRAINED("trained"),
  /// The same encoder, told the rate: series are brought to its canonical rate instead of its canonical length.
  KNOWN_RATE("trained, rate known"),
  /// The same encoder with its first parameters.
  UNTRAINED("untrained"),
  /// The same encoder, trained on views that differ in everything but the rate.
  WITHOUT_RATE_VIEWS("trained without rate views"),
  /// Ten thousand untrained features with ridge.
  MINIROCKET("MiniRocket, ridge"),
  /// Logistic regression on the values, resampled to one length.
  RAW_LR("raw values, logistic regression"),
  /// Nearest neighbour on the same values.
  EUCLID_1NN("raw values, 1-NN");

  private final String title;

  Method(String title) {
    this.title = title;
  }

  /// In words, for pages.
  public String title() {
    return title;
  }

  /// As it stands in tables: `without_rate_views`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
