package dev.upload.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the workloads that compare servers as bars: speed on the left, cost on the right. The
 * colours follow the reader's light or dark scheme.
 */
final class Plot {

  private static final int WIDTH = 800;
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 40;
  private static final int ROW_HEIGHT = 20;
  private static final int BAR_HEIGHT = 14;
  private static final int GROUP_GAP = 16;
  private static final int SPEED_AT = 204;
  private static final int COST_AT = 520;
  private static final int BAR_WIDTH = 212;

  /** What is drawn, with the class of its colour; the null sink is no server. */
  private static final Map<String, String> COLOURS =
      Map.of(
          Entrant.NGINX, "nginx",
          Entrant.APP, "app",
          Entrant.APP_FORM, "form",
          Entrant.APP_ACKNOWLEDGED, "acknowledged",
          Entrant.APP_EVENTUAL, "eventual",
          Entrant.FILE_SINK, "sink");

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .title { font-size: 15px; font-weight: 600 }
        .group { font-weight: 600 }
        .small { font-size: 12px; fill: #59636e }
        .page { fill: #ffffff }
        .nginx { fill: #8c959f } .sink { fill: #c8ced4 }
        .app { fill: #0969da } .form { fill: #54a3f5 } .acknowledged { fill: #8250df }
        .eventual { fill: #1a7f64 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .small { fill: #9198a1 }
          .page { fill: #0d1117 }
          .nginx { fill: #848d97 } .sink { fill: #4a525b }
          .app { fill: #4493f8 } .form { fill: #9ecbff } .acknowledged { fill: #ab7df8 }
          .eventual { fill: #3fb99b }
        }
      </style>
      """;

  private final List<Section> sections;
  private final StringBuilder svg = new StringBuilder();
  private int y = MARGIN;

  private Plot(Results results) {
    this.sections =
        results.sections().stream()
            .filter(section -> section.line(Entrant.FILE_SINK).isPresent())
            .toList();
  }

  /** Returns an SVG document. */
  static String of(Results results) {
    Plot plot = new Plot(results);
    plot.text(MARGIN, "title", "What a byte costs, on the same machine in the same run", "start");
    plot.y += TITLE_HEIGHT;
    plot.sections.forEach(plot::group);
    return plot.document(results.machine());
  }

  private String document(Map<String, Object> machine) {
    y += GROUP_GAP / 2;
    text(
        MARGIN,
        "small",
        "Medians of servers taking turns, %s. %s cores, JDK %s, %s, commit %s."
            .formatted(
                machine.getOrDefault("date", "").toString().split("T", -1)[0],
                machine.get("cores"),
                machine.get("jdk"),
                machine.get("nginx"),
                machine.get("commit")),
        "start");
    int height = y + ROW_HEIGHT + MARGIN;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
    %3$s<rect class="page" width="%1$d" height="%2$d"/>
    %4$s</svg>
    """
        .formatted(WIDTH, height, STYLE, svg);
  }

  private void group(Section section) {
    Unit speed = section.units().get(0);
    Unit cost = section.units().get(1);
    text(MARGIN, "group", section.key() + ": " + section.title(), "start");
    y += ROW_HEIGHT;
    text(SPEED_AT, "small", speed.label() + ", longer is better", "start");
    text(COST_AT, "small", cost.label() + ", shorter is better", "start");
    y += ROW_HEIGHT;
    for (Line line : section.lines()) {
      if (COLOURS.containsKey(line.name())) {
        text(SPEED_AT - 8, "", line.name(), "end");
        bar(SPEED_AT, line, speed);
        bar(COST_AT, line, cost);
        y += ROW_HEIGHT;
      }
    }
    y += GROUP_GAP;
  }

  private void bar(int x, Line line, Unit unit) {
    double value = value(line, unit);
    int width = (int) Math.max(1, Math.round(BAR_WIDTH * value / largest(unit)));
    svg.append(
        """
        <rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="2"/>
        """
            .formatted(
                COLOURS.get(line.name()), x, y + (ROW_HEIGHT - BAR_HEIGHT) / 2, width, BAR_HEIGHT));
    text(x + width + 6, "small", unit.text(value), "start");
  }

  /** One scale for all groups of a unit, so that they can be compared as well. */
  private double largest(Unit unit) {
    return sections.stream()
        .flatMap(section -> section.lines().stream())
        .filter(line -> COLOURS.containsKey(line.name()))
        .mapToDouble(line -> value(line, unit))
        .max()
        .orElseThrow();
  }

  private static double value(Line line, Unit unit) {
    return line.figure(unit).map(Figure::median).orElse(0.0);
  }

  private void text(int x, String style, String text, String anchor) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            style,
            x,
            y + BAR_HEIGHT,
            anchor,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
