package dev.anyrate.demo.report;

import static dev.anyrate.demo.report.HtmlText.escape;

import java.util.Locale;

/// The sections of a page as HTML. Plots become empty canvases; `report.js` fills them from [ChartData], figure by figure in the
/// same order.
final class PageBody {
  private final StringBuilder html = new StringBuilder();
  private int sections;

  private PageBody() {}

  static String of(ReportPage page) {
    PageBody body = new PageBody();
    page.sections().forEach(body::section);
    return body.html.toString();
  }

  private void section(Section section) {
    String id = "section-" + ++sections;
    add("<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, escape(section.title()));
    switch (section) {
      case Prose prose -> prose(prose);
      case Facts facts -> facts(facts);
      case Figure figure -> figure(figure);
      case Table table -> table(table);
    }
    add("</section>\n");
  }

  private void prose(Prose prose) {
    for (String paragraph : prose.paragraphs()) add("<p>%s</p>\n", escape(paragraph));
  }

  private void facts(Facts facts) {
    add("<dl class=\"facts\">\n");
    for (Facts.Fact fact : facts.facts()) add("<div><dt>%s</dt><dd>%s</dd></div>\n", escape(fact.name()), escape(fact.value()));
    add("</dl>\n");
  }

  private void figure(Figure figure) {
    add("<figure>\n");
    if (!figure.legend().isEmpty()) legend(figure);
    add("<div class=\"plots %s\">\n", figure.layout().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    figure.plots().forEach(this::plot);
    add("</div>\n<figcaption>%s</figcaption>\n", escape(figure.caption()));
    add("<details class=\"numbers\"><summary>Numbers of this figure</summary></details>\n</figure>\n");
  }

  private void legend(Figure figure) {
    add("<ul class=\"legend\">\n");
    for (Figure.LegendEntry entry : figure.legend()) {
      add("<li><canvas class=\"swatch\" aria-hidden=\"true\"></canvas>%s</li>\n", escape(entry.label()));
    }
    add("</ul>\n");
  }

  private void plot(Plot plot) {
    String description = escape(plot.description());
    add("<div class=\"cell\">\n");
    if (!plot.title().isEmpty()) add("<h3>%s</h3>\n", escape(plot.title()));
    add("<div class=\"plot\"><canvas role=\"img\" aria-label=\"%s\">%s</canvas></div>\n</div>\n", description, description);
  }

  private void table(Table table) {
    add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n", escape(table.title()));
    add("<caption>%s</caption>\n<thead><tr>", escape(table.caption()));
    for (String column : table.columns()) add("<th scope=\"col\">%s</th>", escape(column));
    add("</tr></thead>\n<tbody>\n");
    for (Table.Row row : table.rows()) {
      add("<tr><th scope=\"row\">%s</th>", escape(row.name()));
      for (String cell : row.cells()) add("<td>%s</td>", escape(cell));
      add("</tr>\n");
    }
    add("</tbody>\n</table>\n</div>\n");
  }

  private void add(String format, Object... arguments) {
    html.append(format.formatted(arguments));
  }
}
