package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `.ts` files of sktime and aeon: a header, then one series in each line, `v,v,v:v,v,v:label` with a colon between channels.
///
/// @see <a href="https://www.aeon-toolkit.org/en/stable/api_reference/file_specifications/ts.html">file format</a>
final class TsReader implements SeriesReader {

  @Override
  public TimeSeriesSet read(Path file, Split split) {
    var header = new TsHeader();
    var series = new SeriesList();
    new TextLines(file, "#%").forEach((text, _) -> {
      String line = text.strip();
      if (header.isComplete()) {
        series.add(parse(line, header), header.classNames());
      } else {
        header.accept(line);
      }
    });
    return series.toSet(file, header.problemName().orElse(TextLines.datasetName(file)), header.classNames());
  }

  private static TimeSeries parse(String line, TsHeader header) {
    int end = header.isLabelled() ? line.lastIndexOf(':') : line.length();
    if (end < 0)
      throw new BadSeriesException("no label; write it after the values and a colon, or '@classLabel false' in the header");
    List<float[]> channels = new ArrayList<>();
    for (int start = 0; start <= end;) {
      int colon = line.indexOf(':', start, end);
      int stop = colon < 0 ? end : colon;
      channels.add(Numbers.parse(line, start, stop, ','));
      start = stop + 1;
    }
    String label = header.isLabelled() ? Labels.canonical(line.substring(end + 1)) : null;
    TimeSeries series = TimeSeries.wrap(label, channels.toArray(float[][]::new));
    header.check(series);
    return header.rated(series);
  }
}
