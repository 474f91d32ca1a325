package dev.anyrate.augment.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Series that belong together: the TRAIN or TEST part of a dataset. Never empty, immutable.
///
/// The series may differ in length, but all have the same channels.
///
/// @param name       of the dataset, for messages and reports
/// @param series     in file order
/// @param classNames every class a label may name, in the order that gives their indices; empty if nothing is labelled
public record TimeSeriesSet(String name, List<TimeSeries> series, List<String> classNames) implements Iterable<TimeSeries> {

  /// @throws BadSeriesException if there is no series, channel counts differ, a class is named twice, or a label is not among the class names
  public TimeSeriesSet {
    series = List.copyOf(series);
    classNames = List.copyOf(classNames);
    if (series.isEmpty()) throw new BadSeriesException(name + ": no series");
    var names = new HashSet<String>();
    for (String className : classNames) {
      if (!names.add(className)) {
        throw new BadSeriesException(
            name + ": class '" + className + "' is named twice in " + classNames + "; name each class once");
      }
    }
    for (int i = 0; i < series.size(); i++) {
      if (series.get(i).channels() != series.getFirst().channels()) {
        throw new BadSeriesException(
            name + ": series 1 has " + Count.of(series.getFirst().channels(), "channel") + ", series " + (i + 1) + " has "
                + series.get(i).channels() + "; all series of a set must have the same channels");
      }
      String label = series.get(i).label().orElse(null);
      if (label != null && !names.contains(label)) {
        throw new BadSeriesException(
            name + ": series " + (i + 1) + " has the label '" + label + "', which is none of the classes "
                + classNames + "; correct the label or name the class");
      }
    }
  }

  /// A set whose classes are those of its labels: in the order of numbers if all are numbers, else of the alphabet.
  public static TimeSeriesSet of(String name, List<TimeSeries> series) {
    List<String> labels = series.stream().map(TimeSeries::label).flatMap(Optional::stream).distinct().toList();
    return new TimeSeriesSet(name, series, labels.stream().sorted(classOrder(labels)).toList());
  }

  private static Comparator<String> classOrder(List<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> label.matches("[-+]?\\d{1,300}(\\.\\d{1,300})?"));
    return numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
  }

  /// Count of series.
  public int size() {
    return series.size();
  }

  /// One series, counted from 0.
  public TimeSeries get(int index) {
    return series.get(index);
  }

  @Override
  public Iterator<TimeSeries> iterator() {
    return series.iterator();
  }

  /// Count of channels of every series.
  public int channels() {
    return series.getFirst().channels();
  }

  /// Length of the shortest series.
  public int minLength() {
    return lengths().min().orElseThrow();
  }

  /// Length of the longest series.
  public int maxLength() {
    return lengths().max().orElseThrow();
  }

  /// Middle of all lengths; of an even count the upper of the two in the middle.
  public int medianLength() {
    return lengths().sorted().skip(size() / 2).findFirst().orElseThrow();
  }

  private IntStream lengths() {
    return series.stream().mapToInt(TimeSeries::length);
  }

  /// Whether every series has a label.
  public boolean isLabelled() {
    return series.stream().allMatch(one -> one.label().isPresent());
  }

  /// Whether the sampling rate of every series is known.
  public boolean hasRates() {
    return series.stream().allMatch(one -> one.rateHz().isPresent());
  }

  /// The one sampling rate of all series in samples a second; empty if one is not known, or two differ.
  public OptionalDouble commonRateHz() {
    OptionalDouble first = series.getFirst().rateHz();
    return series.stream().allMatch(one -> one.rateHz().equals(first)) ? first : OptionalDouble.empty();
  }

  /// The sampling rate of each series in samples a second, `[N]`.
  ///
  /// @throws BadSeriesException if one is not known
  public double[] ratesHz() {
    double[] rates = new double[size()];
    for (int i = 0; i < rates.length; i++) {
      int number = i + 1;
      rates[i] = get(i).rateHz().orElseThrow(() -> new BadSeriesException(name + ": the sampling rate of series " + number
          + " is not known; give every series its rate in the file (a column rate_hz, in .ts files @samplingRate)"));
    }
    return rates;
  }

  /// The class of each series as an index into [#classNames()].
  ///
  /// @throws BadSeriesException if a series has no label
  public int[] labels() {
    return labels(classNames);
  }

  /// The class of each series as an index into the classes of another set, such as the TRAIN part of this dataset.
  ///
  /// @param classes names in the order that gives the indices
  /// @throws BadSeriesException if a series has no label, or one that is not among `classes`
  public int[] labels(List<String> classes) {
    Map<String, Integer> indices = new HashMap<>();
    for (String className : classes) indices.put(className, indices.size());
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      int number = i + 1;
      String label = get(i).label().orElseThrow(
          () -> new BadSeriesException(
              name + ": series " + number + " has no label; labels are needed here, give labelled series"));
      Integer index = indices.get(label);
      if (index == null) {
        throw new BadSeriesException(name + ": series " + number + " has the label '" + label + "', which is none of the classes "
            + classes + "; give series of the same classes");
      }
      labels[i] = index;
    }
    return labels;
  }

  /// Count of series that never change.
  public int constantSeries() {
    return (int) series.stream().filter(TimeSeries::isConstant).count();
  }

  /// Count of missing values in all series.
  public int missingValues() {
    return series.stream().mapToInt(TimeSeries::missingValues).sum();
  }

  /// Count of series with at least one missing value.
  public int seriesWithMissing() {
    return (int) series.stream().filter(TimeSeries::hasMissing).count();
  }

  /// This set, if nothing is missing in it; computations call this before the first value is read.
  ///
  /// @throws BadSeriesException that counts the gaps and names the remedy
  public TimeSeriesSet requireComplete() {
    if (seriesWithMissing() == 0) return this;
    throw new BadSeriesException(name + ": " + gaps() + "; fill them in, or bridge them by MissingValues.INTERPOLATE");
  }

  /// What is missing, in words: `3 missing values in 2 of 10 series`.
  public String gaps() {
    return Count.of(missingValues(), "missing value") + " in " + seriesWithMissing() + " of " + size() + " series";
  }

  /// The same set with each series changed, its labels kept.
  public TimeSeriesSet map(UnaryOperator<TimeSeries> change) {
    return mapIndexed((_, one) -> change.apply(one));
  }

  /// The same set with each series changed by its place in it, its labels kept.
  ///
  /// @param change of the index, from 0, and the series
  /// @throws BadSeriesException if the change refuses a series, which is named then
  public TimeSeriesSet mapIndexed(BiFunction<Integer, TimeSeries, TimeSeries> change) {
    List<TimeSeries> changed = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      try {
        changed.add(change.apply(i, series.get(i)));
      } catch (BadSeriesException complaint) {
        throw complaint.at(name + ", series " + (i + 1));
      }
    }
    return new TimeSeriesSet(name, changed, classNames);
  }

  /// Series chosen by index, in the order given; the classes stay.
  public TimeSeriesSet select(int... indices) {
    return new TimeSeriesSet(name, Arrays.stream(indices).mapToObj(series::get).toList(), classNames);
  }

  /// At most so many series, in the order of the set: what a large one is judged or fitted by where all of it would cost too much. A random choice, but always the same: files are
  /// sorted by class, or take the classes in turn, and every k-th series could be of one class.
  ///
  /// @param most of them, at least 1
  /// @throws IllegalArgumentException if that is less than 1
  public TimeSeriesSet draw(int most) {
    if (most < 1) throw new IllegalArgumentException(name + ": draw of " + most + " series; at least 1 is needed");
    List<Integer> indices = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(indices, new Random(0));
    return select(indices.stream().limit(most).sorted().mapToInt(Integer::intValue).toArray());
  }

  /// The lengths that occur, such as `150` or `20 to 150`.
  public String lengthRange() {
    return minLength() == maxLength() ? String.valueOf(minLength()) : minLength() + " to " + maxLength();
  }

  @Override
  public String toString() {
    return "TimeSeriesSet[" + name + ": " + size() + " series, " + Count.of(channels(), "channel") + ", length " + lengthRange()
        + ", classes " + classNames + "]";
  }
}
