package dev.anyrate.demo.report;

import dev.anyrate.model.io.AtomicFile;
import dev.anyrate.model.io.UnwritableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a [ReportPage] as one HTML file that needs nothing else: styles, data, drawing code and Chart.js all stand in it, and
/// its content security policy forbids the browser to load anything.
///
/// The same page gives the same bytes.
///
/// @see <a href="https://www.chartjs.org/docs/4.5.1/">Chart.js 4.5.1</a>
public final class HtmlReport {
  private static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

  private HtmlReport() {}

  /// Writes the page to `file` in one step: a failure leaves what was there.
  ///
  /// @throws UnwritableFileException if the folder is missing or nothing may be written there
  /// @throws UncheckedIOException    if the disk fails or is full
  public static void write(Path file, ReportPage page) {
    byte[] html = render(page).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(html));
  }

  /// The page as HTML text.
  public static String render(ReportPage page) {
    // One pass: what is filled in is never searched for slots, so a class may be called {{data}}.
    return SLOT.matcher(resource("report.html")).replaceAll(slot -> Matcher.quoteReplacement(content(slot.group(1), page)));
  }

  private static String content(String slot, ReportPage page) {
    return switch (slot) {
      case "title" -> HtmlText.escape(page.title());
      case "subtitle" -> HtmlText.escape(page.subtitle());
      case "footer" -> HtmlText.escape(page.footer());
      case "style" -> resource("report.css");
      case "body" -> PageBody.of(page);
      case "data" -> ChartData.of(page.sections().stream().filter(Figure.class::isInstance).map(Figure.class::cast).toList());
      case "chart-js" -> SOURCE_MAP.matcher(resource(CHART_JS)).replaceAll("");
      case "script" -> resource("report.js");
      default -> throw new IllegalStateException("report.html: unknown slot " + slot);
    };
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "report: " + name + " is not on the class path; add the jar it belongs to in the version named there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report: " + name + " cannot be read", e);
    }
  }
}
