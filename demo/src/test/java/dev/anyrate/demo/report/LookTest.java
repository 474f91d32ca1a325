package dev.anyrate.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /// In a print without colours, small markers on lines of one pattern are hard to tell apart.
  @Test
  void eightLinesHaveEightPatterns() {
    assertEquals(8, IntStream.range(0, 8).mapToObj(Look::line).map(Look::dash).distinct().count());
  }

  @Test
  void noTwoOfManyClassesLookAlike() {
    List<Look> classes = IntStream.range(0, 72).mapToObj(c -> Look.ofClass(c, Look.Marker.CIRCLE)).toList();
    assertEquals(classes.size(), classes.stream().distinct().count());
    assertEquals(1, classes.subList(0, 8).stream().map(Look::fill).distinct().count(), "few classes differ in colour alone");
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
    unknown.addAll(List.of(Look.Fill.values()));
    unknown.removeAll(List.of(Look.Dash.NONE, Look.Marker.NONE));
    unknown.removeIf(value -> js.contains(value.name() + ": "));
    assertEquals(List.of(), unknown);
  }

  /// WCAG 2.1, success criterion 1.4.11: graphics need 3 to 1. Faint is left out: it only leads the eye from one mark to another.
  @Test
  void everyColourStandsOutFromThePage() throws IOException {
    String css = resource("report.css");
    int dark = css.indexOf(":root:not(.printing)");
    String light = css.substring(0, dark);
    String onDark = light + css.substring(dark, css.indexOf('}', dark)); // what it does not change stays
    for (String palette : List.of(light, onDark)) {
      for (Look.Colour colour : Look.Colour.values()) {
        if (colour == Look.Colour.FAINT) continue;
        double contrast = contrast(luminance(palette, colour.name()), luminance(palette, "page"));
        assertTrue(contrast >= 3, colour + " on " + (palette.equals(light) ? "white: " : "dark: ") + contrast);
      }
    }
  }

  /// Half-transparent, most colours of the palette would fall below that contrast.
  @Test
  void theDrawingCodeLightensNoColour() throws IOException {
    String js = resource("report.js");
    assertTrue(js.contains("'HOLLOW' ? colour('page') : main,"), "points have the colour of the style sheet");
    assertFalse(js.contains("globalAlpha"), "globalAlpha");
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  /// Relative luminance of WCAG 2.1 of a colour as the last of its definitions has it.
  private static double luminance(String css, String name) {
    String key = "--" + name.toLowerCase(Locale.ROOT) + ": #";
    int at = css.lastIndexOf(key) + key.length();
    double[] weights = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int i = 0; i < weights.length; i++) {
      double value = Integer.parseInt(css.substring(at + 2 * i, at + 2 * i + 2), 16) / 255.0;
      luminance += weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    }
    return luminance;
  }
}
