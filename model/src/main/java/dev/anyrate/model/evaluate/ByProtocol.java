package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Results of one method by protocol and rate.
///
/// @param whole  under [RateProtocol#WHOLE], by [RateProtocol#key(double)], in the order of the rates
/// @param window under [RateProtocol#WINDOW], likewise
/// @param <R>    what is told of each rate
public record ByProtocol<R>(@JsonProperty("whole") Map<String, R> whole, @JsonProperty("window") Map<String, R> window) {
  public ByProtocol {
    whole = Collections.unmodifiableMap(new LinkedHashMap<>(whole));
    window = Collections.unmodifiableMap(new LinkedHashMap<>(window));
  }

  /// The results under one protocol.
  public Map<String, R> under(RateProtocol protocol) {
    return switch (protocol) {
      case WHOLE -> whole;
      case WINDOW -> window;
    };
  }
}
