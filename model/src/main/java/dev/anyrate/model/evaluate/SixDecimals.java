package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Numbers as reports hold them, rounded to six decimals. What is not finite is never rounded: NaN would become 0, which looks like a result.
public final class SixDecimals extends JsonSerializer<Double> {
  private static double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : value;
  }

  /// Puts a number into an object. One that is not finite is left out.
  public static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) node.put(key, rounded(value));
  }

  @Override
  public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
    json.writeNumber(rounded(value));
  }
}
