package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SixDecimalsTest {
  private static final JsonMapper JSON = JsonMapper.builder()
      .addModule(new SimpleModule().addSerializer(double.class, new SixDecimals())).build();

  private record Result(double accuracy) {}

  @Test
  void numbersAreRounded() {
    ObjectNode node = JSON.createObjectNode();
    SixDecimals.put(node, "third", 1 / 3.0);
    assertEquals(0.333333, node.path("third").asDouble());
    assertEquals("{\"accuracy\":0.666667}", JSON.valueToTree(new Result(2 / 3.0)).toString());
  }

  /// As 0 it would look like a result.
  @Test
  void whatIsNotFiniteNeverBecomesANumber() {
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      ObjectNode node = JSON.createObjectNode();
      SixDecimals.put(node, "accuracy", none);
      assertTrue(node.isEmpty());
      assertEquals("{\"accuracy\":\"" + none + "\"}", JSON.valueToTree(new Result(none)).toString());
    }
  }
}
