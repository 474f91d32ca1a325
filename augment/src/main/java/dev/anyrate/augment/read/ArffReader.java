package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `.arff` files of Weka: a header, then one series in each line, `v,v,v,label`, or with several channels in one quoted field
/// that the two characters `\n` part, `'v,v,v\nv,v,v',label`.
///
/// @see <a href="https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/">file format</a>
final class ArffReader implements SeriesReader {
  private static final String CHANNEL_END = "\\n";

  @Override
  public TimeSeriesSet read(Path file, Split split) {
    var header = new ArffHeader();
    var series = new SeriesList();
    new TextLines(file, "%").forEach((text, _) -> {
      String line = text.strip();
      if (header.isComplete()) {
        series.add(parse(line, header), header.classNames());
      } else {
        header.accept(line);
      }
    });
    String name = header.relation().isEmpty() ? TextLines.datasetName(file) : header.relation();
    return series.toSet(file, name, header.classNames());
  }

  private static TimeSeries parse(String line, ArffHeader header) {
    if (line.startsWith("{")) throw new BadSeriesException("sparse rows ({index value, …}) are not read; write all values");
    int end = header.isLabelled() ? startOfLabel(line) - 1 : line.length();
    if (end < 0) throw new BadSeriesException("no label; write the class after the values and a comma");
    int start = header.isRated() ? line.indexOf(',') + 1 : 0;
    if (header.isRated() && (start == 0 || start > end)) throw new BadSeriesException("no values behind the sampling rate");
    float[][] channels = header.isRelational()
        ? quotedChannels(line, start, end)
        : new float[][] {Numbers.parse(line, start, end, ',')};
    String label = header.isLabelled() ? Labels.canonical(line.substring(end + 1)) : null;
    TimeSeries series = TimeSeries.wrap(label, channels);
    if (series.length() != header.instants()) {
      throw new BadSeriesException(Count.of(series.length(), "value") + ", but the header has "
          + Count.of(header.instants(), "numeric attribute") + "; correct one of them");
    }
    return header.isRated() ? RateField.apply(series, RateField.NAME, line.substring(0, start - 1)) : series;
  }

  /// Where the last field begins, which may be quoted and hold commas; 0 if there is only one.
  private static int startOfLabel(String line) {
    char last = line.charAt(line.length() - 1);
    int from = last == '\'' || last == '"' ? line.lastIndexOf(last, line.length() - 2) : line.length() - 1;
    return line.lastIndexOf(',', from) + 1;
  }

  private static float[][] quotedChannels(String line, int open, int end) {
    char quote = open < end ? line.charAt(open) : ' ';
    int close = quote == '\'' || quote == '"' ? line.lastIndexOf(quote, end - 1) : open;
    if (close <= open) throw new BadSeriesException("the channels of a relational attribute must stand in quotes");
    List<float[]> channels = new ArrayList<>();
    for (int start = open + 1; start <= close;) {
      int cut = line.indexOf(CHANNEL_END, start, close);
      int stop = cut < 0 ? close : cut;
      channels.add(Numbers.parse(line, start, stop, ','));
      start = stop + CHANNEL_END.length();
    }
    return channels.toArray(float[][]::new);
  }
}
