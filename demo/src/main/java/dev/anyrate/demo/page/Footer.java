package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.text;

import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.contract.Version;
import java.util.Optional;

/// What stands below a page, so that its numbers can be traced: the program that made them, and what the model was trained for.
final class Footer {
  private Footer() {}

  /// @param machine  what the numbers were computed with
  /// @param contract of the model
  static String of(String machine, Optional<RateContract> contract) {
    return "anyrate " + Version.current() + ", " + machine + "." + contract.map(Footer::trained).orElse("");
  }

  /// The Java that runs.
  static String java() {
    return "Java " + Runtime.version().feature();
  }

  private static String trained(RateContract contract) {
    return text(
        " Trained for rates %.3g to %.3g of %s of %s samples; %.0f %% of their band kept (filter: %s); data %s, seed %d, version %s (%s).",
        contract.minRate(), contract.maxRate(), series(contract), lengths(contract),
        100 * contract.bandKept(),
        contract.filter(), contract.data(), contract.seed(), contract.version(), contract.commit());
  }

  private static String series(RateContract contract) {
    return contract.minCrop() == 1 ? "series" : text("series and parts (%.3g and more)", contract.minCrop());
  }

  private static String lengths(RateContract contract) {
    String shortest = String.valueOf(contract.shortest());
    return contract.shortest() == contract.longest() ? shortest : shortest + " to " + contract.longest();
  }
}
