package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// `.npz` files: a zip of the arrays `X_train`, `X_test` of shape `[N, L, C]` or `[N, L]`, and `y_train`, `y_test` of shape `[N]`
/// where there are labels. This is the layout of tslearn, which fills short series with NaN. Beside them `rate_hz_train` and `rate_hz_test` may give
/// the sampling rate: of shape `[N]`, or one number for all.
final class NpzReader implements SeriesReader {

  @Override
  public TimeSeriesSet read(Path file, Split split) {
    String part = split.name().toLowerCase(Locale.ROOT);
    try (var zip = new ZipFile(file.toFile())) {
      NpyArray values = array(zip, "X_" + part)
          .orElseThrow(
              () -> new BadSeriesException("no array X_" + part + "; it is " + zip.stream().map(ZipEntry::getName).toList()
                  + ", name the arrays X_train, y_train, X_test, y_test"));
      return rated(assemble(file, values, array(zip, "y_" + part)), array(zip, RateField.NAME + "_" + part));
    } catch (BadSeriesException complaint) {
      throw complaint.at(file.toString());
    } catch (ZipException failure) {
      throw new BadSeriesException(file + ": not a zip archive, or damaged (" + failure.getMessage() + "); write it again",
          failure);
    } catch (IOException failure) {
      throw TextLines.unreadable(file, failure);
    }
  }

  private static Optional<NpyArray> array(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) return Optional.empty();
    if (entry.getSize() > Integer.MAX_VALUE - 64)
      throw new BadSeriesException(name + " is larger than 2 GiB; store fewer series");
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      requireWhole(bytes, entry);
      return Optional.of(NpyArray.parse(bytes));
    } catch (BadSeriesException complaint) {
      throw complaint.at(name);
    }
  }

  /// A `ZipFile` does not check what it reads, unlike NumPy.
  private static void requireWhole(byte[] bytes, ZipEntry entry) {
    var checksum = new CRC32();
    checksum.update(bytes);
    if (checksum.getValue() != entry.getCrc())
      throw new BadSeriesException("its checksum is wrong; the file is damaged, copy or write it again");
  }

  private static TimeSeriesSet assemble(Path file, NpyArray values, Optional<NpyArray> labels) {
    int[] shape = values.shape();
    if (values.isText() || shape.length < 2 || shape.length > 3) {
      throw new BadSeriesException("series need numbers of shape [N, L] or [N, L, C], here they have "
          + Count.of(shape.length, "dimension") + "; reshape the array");
    }
    if (shape.length == 3 && shape[1] == 1 && shape[2] > 1) {
      throw new BadSeriesException(
          "series of one point, with " + shape[2] + " channels; the axes are [N, L, C], so exchange the last two");
    }
    if (labels.isPresent() && (labels.get().shape().length != 1 || labels.get().size() != shape[0])) {
      throw new BadSeriesException(
          Count.of(labels.get().size(), "label") + " for " + shape[0] + " series; give one for each, shape [N]");
    }
    var series = new SeriesList();
    for (int i = 0; i < shape[0]; i++) {
      int index = i;
      try {
        series.add(TimeSeries.wrap(labels.map(all -> all.label(index)).orElse(null), channels(values, i)), List.of());
      } catch (BadSeriesException complaint) {
        throw complaint.at("series " + (i + 1));
      }
    }
    return series.toSet(file, TextLines.datasetName(file), List.of());
  }

  private static TimeSeriesSet rated(TimeSeriesSet set, Optional<NpyArray> rates) {
    if (rates.isEmpty()) return set;
    NpyArray all = rates.get();
    if (all.isText() || all.size() != 1 && all.size() != set.size()) {
      throw new BadSeriesException(
          "rate_hz needs numbers, one for all or one for each of the " + set.size() + " series, here are "
              + all.size() + (all.isText() ? " texts" : ""));
    }
    return set.mapIndexed((i, series) -> {
      try {
        return RateField.apply(series, RateField.NAME, Double.toString(all.number(all.size() == 1 ? 0 : i)));
      } catch (BadSeriesException complaint) {
        throw complaint.at("series " + (i + 1));
      }
    });
  }

  private static float[][] channels(NpyArray values, int index) {
    int length = values.shape()[1];
    int count = values.shape().length == 3 ? values.shape()[2] : 1;
    float[][] channels = new float[count][length];
    int step = values.stride(1);
    for (int c = 0; c < count; c++) {
      int first = index * values.stride(0) + (count == 1 ? 0 : c * values.stride(2));
      for (int t = 0; t < length; t++) channels[c][t] = (float) values.number(first + t * step);
    }
    return channels;
  }
}
