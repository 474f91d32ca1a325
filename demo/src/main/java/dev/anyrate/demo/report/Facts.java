package dev.anyrate.demo.report;

import java.util.List;

/// A few numbers that say the most, set large.
public record Facts(String title, List<Fact> facts) implements Section {
  public Facts {
    facts = List.copyOf(facts);
  }

  /// @param value the number as it is shown, such as `0.97`
  /// @param name  what it is, such as `accuracy at the worst rate`
  public record Fact(String value, String name) {}
}
