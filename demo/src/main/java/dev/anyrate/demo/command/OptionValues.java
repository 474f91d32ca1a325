package dev.anyrate.demo.command;

import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.MissingValues;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.train.Preset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How the values of options are read, with complaints in the words of users: `linear-half-pixel` for `LINEAR_HALF_PIXEL`, "not a number" for "not a float".
public final class OptionValues {
  private OptionValues() {}

  /// Makes the commands read their options this way.
  ///
  /// @param commands with all subcommands
  public static void register(CommandLine commands) {
    commands.registerConverter(Path.class, OptionValues::path);
    registerNumber(commands, Integer.class, int.class, Integer::valueOf, "a whole number");
    registerNumber(commands, Long.class, long.class, Long::valueOf, "a whole number");
    registerNumber(commands, Float.class, float.class, Float::valueOf, "a number");
    registerNumber(commands, Double.class, double.class, Double::valueOf, "a number");
    commands.registerConverter(WholeNumbers.class, OptionValues::wholeNumbers);
    ITypeConverter<Boolean> truth = OptionValues::truth;
    commands.registerConverter(Boolean.class, truth).registerConverter(boolean.class, truth);
    registerChoice(commands, EmbeddingKind.class);
    registerChoice(commands, EncoderName.class);
    registerChoice(commands, MissingValues.class);
    registerChoice(commands, Precision.class);
    registerChoice(commands, Preset.class);
    registerChoice(commands, ResampleMethod.class);
    registerChoice(commands, Split.class);
    registerChoice(commands, StandardizationScope.class);
  }

  /// A path as the user gives it.
  ///
  /// @throws TypeConversionException if there can be none of this name
  public static Path path(String text) {
    if (text.isBlank()) throw new TypeConversionException("the path is empty");
    try {
      return Path.of(text);
    } catch (InvalidPathException impossible) { // in the locale C, Java knows ASCII only
      throw new TypeConversionException("'" + text + "' cannot be a path here (" + impossible.getReason()
          + "); if it has letters beyond ASCII, set LC_ALL=C.UTF-8");
    }
  }

  private static WholeNumbers wholeNumbers(String text) {
    try {
      return WholeNumbers.of(text);
    } catch (NumberFormatException _) {
      throw new TypeConversionException("'" + text + "' is not a list of whole numbers such as 1,4,16");
    }
  }

  private static Boolean truth(String text) {
    if (text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("false")) return false;
    throw new TypeConversionException("'" + text + "' is none of true, false");
  }

  private static <N extends Number> void registerNumber(CommandLine commands, Class<N> type, Class<N> primitive,
      Function<String, N> parse,
      String kind) {
    ITypeConverter<N> converter = text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException _) {
        boolean whole = text.matches("[+-]?\\d+"); // of digits alone, and yet unreadable
        throw new TypeConversionException("'" + text + "' is " + (whole ? "too large" : "not " + kind));
      }
    };
    commands.registerConverter(type, converter).registerConverter(primitive, converter);
  }

  private static <E extends Enum<E>> void registerChoice(CommandLine commands, Class<E> type) {
    commands.registerConverter(type,
        text -> Arrays.stream(type.getEnumConstants()).filter(choice -> word(choice).equalsIgnoreCase(text))
            .findFirst().orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                + Arrays.stream(type.getEnumConstants()).map(OptionValues::word).collect(Collectors.joining(", ")))));
  }

  /// The value that the user gave, or another where there is none.
  static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /// A choice as users write it.
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
