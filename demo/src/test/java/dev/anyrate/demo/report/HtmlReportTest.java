package dev.anyrate.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anyrate.model.io.UnwritableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String HOSTILE = "</script><b>\"x\" & 'y' {{data}} $1 \\u003c";
  private static final String HOSTILE_ESCAPED = "&lt;/script&gt;&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39; {{data}} $1 \\u003c";

  @TempDir
  private Path folder;

  private static Plot plot(String title, Point... points) {
    return new Plot(title, "what " + title + " shows", Axis.of("time (s)"), Axis.of("level (dB)"),
        List.of(new Curve("measured", Look.line(0), List.of(points))),
        List.of(new Plot.TextMark("peak", new Point(1, 2), Plot.Side.CENTRE)));
  }

  private static ReportPage page(Section... sections) {
    return new ReportPage("A title", "a subtitle", List.of(sections), "a footer");
  }

  private static ReportPage pageOfEveryKind() {
    return page(new Prose("Verdict", List.of("First sentence.", "Second sentence.")),
        new Facts("Key numbers", List.of(new Facts.Fact("0.97", "accuracy"))),
        Figure.withLegend("Levels", "A caption.", Figure.Layout.PAIR,
            List.of(plot("left", new Point(0, 0.125)), plot("right", new Point(1, 7)))),
        new Table("All numbers", "shares", List.of("rate", "1", "2"), List.of(new Table.Row("trained", List.of("0.5", "0.25")))));
  }

  private static JsonNode figures(String html) throws IOException {
    String opening = "<script type=\"application/json\" id=\"figures\">";
    int start = html.indexOf(opening) + opening.length();
    return JsonMapper.builder().build().readTree(html.substring(start, html.indexOf("</script>", start)));
  }

  private static List<String> all(String pattern, String html) {
    return Pattern.compile(pattern).matcher(html).results().map(MatchResult::group).toList();
  }

  @Test
  void everyTextOfThePageIsShown() {
    String html = HtmlReport.render(pageOfEveryKind());
    Stream
        .of("<title>A title</title>", "<h1>A title</h1>", "<p>a subtitle</p>", "<p>a footer</p>", ">Verdict</h2>",
            "<p>First sentence.</p>",
            "<p>Second sentence.</p>", "<dt>accuracy</dt><dd>0.97</dd>", ">Levels</h2>", "<h3>left</h3>", "<h3>right</h3>",
            "<figcaption>A caption.</figcaption>", "</canvas>measured</li>", ">All numbers</h2>", "<caption>shares</caption>",
            "<th scope=\"col\">rate</th><th scope=\"col\">1</th><th scope=\"col\">2</th>",
            "<th scope=\"row\">trained</th><td>0.5</td><td>0.25</td>", "<noscript>")
        .forEach(text -> assertTrue(html.contains(text), text));
  }

  @Test
  void theDataOfEveryPlotAreInThePage() throws IOException {
    JsonNode figures = figures(HtmlReport.render(pageOfEveryKind()));
    assertEquals(1, figures.size());
    JsonNode plots = figures.get(0).get("plots");
    assertEquals(2, plots.size());
    assertEquals(0.125, plots.at("/0/curves/0/points/0/y").asDouble());
    assertEquals(7, plots.at("/1/curves/0/points/0/y").asDouble());
    assertEquals("measured", plots.at("/1/curves/0/label").asText());
    assertEquals("level (dB)", plots.at("/0/y/title").asText());
    assertEquals("peak", plots.at("/0/marks/0/text").asText());
    assertEquals("SOLID", figures.at("/0/legend/0/look/dash").asText());
  }

  @Test
  void hostileTextIsEscapedEverywhere() throws IOException {
    Curve curve = new Curve(HOSTILE, Look.line(0), List.of(new Point(0, 0)));
    Plot plot = new Plot(HOSTILE, HOSTILE, Axis.of(HOSTILE), Axis.of(HOSTILE), List.of(curve),
        List.of(new Plot.TextMark(HOSTILE, new Point(0, 0), Plot.Side.LEFT)));
    String html = HtmlReport.render(new ReportPage(HOSTILE, HOSTILE, List.of(
        new Prose(HOSTILE, List.of(HOSTILE)),
        new Facts(HOSTILE, List.of(new Facts.Fact(HOSTILE, HOSTILE))),
        Figure.withLegend(HOSTILE, HOSTILE, Figure.Layout.WIDE, List.of(plot)),
        new Table(HOSTILE, HOSTILE, List.of(HOSTILE, HOSTILE), List.of(new Table.Row(HOSTILE, List.of(HOSTILE))))), HOSTILE));

    assertFalse(html.contains("<b>"), "a tag of the data is in the page");
    assertEquals(3, all("</script>", html).size(), "closing tags: data, Chart.js, drawing code");
    int page = 4;
    int prose = 2;
    int facts = 3;
    int figure = 6;
    int table = 7;
    assertEquals(page + prose + facts + figure + table, all(Pattern.quote(HOSTILE_ESCAPED), html).size(),
        "places of text in the page");
    assertEquals(HOSTILE, figures(html).at("/0/plots/0/curves/0/label").asText());
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String html = HtmlReport.render(pageOfEveryKind());
    assertEquals(List.of(" href=\"data:,\""), all(" (?:src|href|srcset|action|data)=[\"'][^\"']*[\"']", html));
    assertFalse(html.contains("@import"), "@import");
    assertFalse(html.contains("url("), "url()");
    assertFalse(html.contains("sourceMappingURL"), "source map");
    assertTrue(html.contains("content=\"default-src 'none';"), "content security policy");
  }

  @Test
  void chartJsStandsInThePageWithItsLicence() {
    String html = HtmlReport.render(page());
    assertTrue(html.contains("Chart.js v4.5.1"));
    assertTrue(html.contains("Released under the MIT License"));
  }

  @Test
  void everyCanvasOfAPlotHasALabelAndEverySectionAHeading() {
    String html = HtmlReport.render(pageOfEveryKind());
    assertEquals(
        List.of("<canvas role=\"img\" aria-label=\"what left shows\">", "<canvas role=\"img\" aria-label=\"what right shows\">"),
        all("<canvas role[^>]*>", html));
    assertEquals(4, all("<section aria-labelledby=\"(section-\\d)\">\\n<h2 id=\"\\1\">", html).size());
  }

  @Test
  void whatIsNotFiniteBecomesNull() throws IOException {
    Plot plot = plot("gaps", new Point(0, Double.NaN), new Point(1, Double.POSITIVE_INFINITY),
        new Point(2, Double.NEGATIVE_INFINITY), Point.GAP);
    JsonNode data = figures(HtmlReport.render(page(Figure.withLegend("", "", Figure.Layout.WIDE, List.of(plot)))))
        .at("/0/plots/0");
    JsonNode points = data.at("/curves/0/points");
    for (int i = 0; i < 4; i++) assertTrue(points.get(i).get("y").isNull(), "y " + i);
    assertEquals(2, points.at("/2/x").asDouble());
    assertTrue(points.at("/3/x").isNull());
    assertTrue(data.at("/x/min").isNull(), "an automatic end of an axis");
  }

  @Test
  void numbersKeepSixDigits() throws IOException {
    Plot plot = plot("digits", new Point(1.0 / 3, -123456789), new Point(1e-12, 0));
    JsonNode points = figures(HtmlReport.render(page(Figure.withLegend("", "", Figure.Layout.WIDE, List.of(plot)))))
        .at("/0/plots/0/curves/0/points");
    assertEquals(0.333333, points.at("/0/x").asDouble());
    assertEquals(-123457000, points.at("/0/y").asDouble());
    assertEquals(1e-12, points.at("/1/x").asDouble());
  }

  @Test
  void theLegendListsEachLookOnceAndNoGuide() {
    Curve named = new Curve("trained", Look.line(0), List.of());
    Plot plot = new Plot("", "", Axis.of(""), Axis.of(""), List.of(named, Curve.guide(Look.reference(), List.of())), List.of());
    Figure figure = Figure.withLegend("", "", Figure.Layout.PAIR, List.of(plot, plot));
    assertEquals(List.of(new Figure.LegendEntry("trained", Look.line(0))), figure.legend());
  }

  @Test
  void theSamePageGivesTheSameBytes() throws IOException {
    Path first = folder.resolve("first.html");
    Path second = folder.resolve("second.html");
    HtmlReport.write(first, pageOfEveryKind());
    HtmlReport.write(second, pageOfEveryKind());
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void aReportIsReplacedWholeAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("report.html"), "old");
    HtmlReport.write(file, page());
    assertTrue(Files.readString(file).endsWith("</html>\n"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("missing").resolve("report.html");
    var refused = assertThrows(UnwritableFileException.class, () -> HtmlReport.write(file, page()));
    assertTrue(refused.getMessage().contains("missing"), refused.getMessage());
  }

  @Test
  void aRowThatDoesNotFitTheHeadingIsRefused() {
    var refused = assertThrows(IllegalArgumentException.class,
        () -> new Table("T", "", List.of("rate", "1", "2"), List.of(new Table.Row("trained", List.of("0.5")))));
    assertEquals("table T: row trained has 1 cells beside its name, the heading asks for 2", refused.getMessage());
  }
}
