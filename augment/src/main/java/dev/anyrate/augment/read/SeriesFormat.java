package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The known file formats. Where a dataset is there in several, the first in this order is read.
public enum SeriesFormat {
  /// sktime and aeon: header, channels parted by colons, label last.
  TS(new TsReader()),

  /// UCR archive of 2018: label first, tabs.
  TSV(new DelimitedReader(DelimitedReader.Separator.TAB)),

  /// Label first, commas, perhaps a line of column names.
  CSV(new DelimitedReader(DelimitedReader.Separator.COMMA)),

  /// Older UCR archive: label first, blanks.
  TXT(new DelimitedReader(DelimitedReader.Separator.BLANKS)),

  /// Weka: header, label last; several channels as a relational attribute.
  ARFF(new ArffReader()),

  /// NumPy arrays `X_train`, `y_train`, `X_test`, `y_test`; both parts in one file.
  NPZ(new NpzReader());

  private final SeriesReader reader;

  SeriesFormat(SeriesReader reader) {
    this.reader = reader;
  }

  /// The format of a file, by its extension.
  ///
  /// @throws BadSeriesException if the extension is none of ours
  public static SeriesFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (SeriesFormat format : values()) {
      if (name.endsWith(format.extension())) return format;
    }
    throw new BadSeriesException(file + ": unknown kind of file; the extension must be one of " + extensions());
  }

  /// All extensions, for messages.
  static String extensions() {
    return Arrays.stream(values()).map(SeriesFormat::extension).collect(Collectors.joining(", "));
  }

  /// With its dot, such as `.ts`.
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /// Whether a file of this format holds TRAIN and TEST.
  public boolean holdsBothSplits() {
    return this == NPZ;
  }

  /// The reader of this format.
  SeriesReader reader() {
    return reader;
  }

  /// What the archives call the file that holds a part of a dataset.
  String fileName(String dataset, Split split) {
    return (holdsBothSplits() ? dataset : dataset + "_" + split) + extension();
  }
}
