package dev.anyrate.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookTest {
  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void colourIsNeverTheOnlyMarkOfALine() {
    record WithoutColour(Look.Dash dash, Look.Marker marker) {}
    List<WithoutColour> marks = IntStream.range(0, 8).mapToObj(Look::line)
        .map(look -> new WithoutColour(look.dash(), look.marker())).toList();
    assertEquals(marks.size(), marks.stream().distinct().count(), marks.toString());
  }

  @Test
  void aLineIsAlwaysVisible() {
    for (int i = 0; i < 30; i++) {
      assertFalse(Look.line(i).dash() == Look.Dash.NONE, "line " + i);
      assertFalse(Look.line(i).marker() == Look.Marker.NONE, "line " + i);
    }
  }

  @Test
  void theStyleSheetHasEveryColour() throws IOException {
    String css = resource("report.css");
    assertEquals(List.of(), Arrays.stream(Look.Colour.values())
        .filter(colour -> !css.contains("--" + colour.name().toLowerCase(Locale.ROOT) + ": #")).toList());
  }

  @Test
  void theDrawingCodeKnowsEveryVisibleDashMarkerAndWeight() throws IOException {
    String js = resource("report.js");
    List<Enum<?>> unknown = new ArrayList<>();
    unknown.addAll(List.of(Look.Dash.values()));
    unknown.addAll(List.of(Look.Marker.values()));
    unknown.addAll(List.of(Look.Weight.values()));
    unknown.removeAll(List.of(Look.Dash.NONE, Look.Marker.NONE));
    unknown.removeIf(value -> js.contains(value.name() + ": "));
    assertEquals(List.of(), unknown);
  }
}
