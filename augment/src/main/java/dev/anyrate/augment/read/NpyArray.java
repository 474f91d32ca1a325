package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One array of NumPy's `.npy` format, versions 1 to 3, of numbers or text.
///
/// @param kind  NumPy's letter: `f` float, `i` and `u` integers, `b` bool, `U` and `S` text
/// @param width bytes of one element
/// @param shape dimensions, outermost first
/// @param columnMajor whether the first index changes fastest (Fortran order), as in tables of pandas; else the last
/// @param data  the elements, in the byte order of its own
/// @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">file format</a>
record NpyArray(char kind, int width, int[] shape, boolean columnMajor, ByteBuffer data) {
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<|=>]?)([a-zA-Z])(\\d{1,6})'");
  private static final Pattern COLUMN_MAJOR = Pattern.compile("'fortran_order':\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");
  private static final int PREAMBLE = 10; // magic of 6 bytes, version of 2, header length of 2 (from version 2 on: of 4)

  /// @param bytes the whole file
  /// @throws BadSeriesException if it is damaged or holds what is not read here
  static NpyArray parse(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < PREAMBLE + 2 || file.getShort(0) != (short) 0x4E93 || file.getInt(2) != 0x59504D55) {
      throw new BadSeriesException("not an array of NumPy's .npy format; write it again with numpy.savez");
    }
    boolean longHeader = file.get(6) > 1;
    int start = longHeader ? PREAMBLE + 2 : PREAMBLE;
    int length = longHeader ? file.getInt(8) : Short.toUnsignedInt(file.getShort(8));
    if (length < 0 || length > bytes.length - start) {
      throw new BadSeriesException("header is cut short; write it again with numpy.savez");
    }
    String header = new String(bytes, start, length, StandardCharsets.UTF_8);
    NpyArray array = described(header, file.slice(start + length, bytes.length - start - length));
    array.requireAllData();
    return array;
  }

  private static NpyArray described(String header, ByteBuffer data) {
    Matcher type = TYPE.matcher(header);
    Matcher dimensions = SHAPE.matcher(header);
    if (!type.find() || !dimensions.find()) {
      throw new BadSeriesException("array of objects or records; store numbers, or text of a fixed width (dtype '<U16')");
    }
    char kind = type.group(2).charAt(0);
    int width = Integer.parseInt(type.group(3)) * (kind == 'U' ? 4 : 1);
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyArray(kind, width, sizes(dimensions.group(1)), COLUMN_MAJOR.matcher(header).find(), data.order(order));
  }

  private static int[] sizes(String list) {
    try {
      return Pattern.compile("[, ]+").splitAsStream(list).filter(size -> !size.isEmpty()).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException _) {
      throw new BadSeriesException("shape (" + list + ") is too large; store fewer series");
    }
  }

  private void requireAllData() {
    boolean known = switch (kind) {
      case 'f' -> width == 2 || width == 4 || width == 8;
      case 'i', 'u' -> width == 1 || width == 2 || width == 4 || width == 8;
      case 'b' -> width == 1;
      case 'U', 'S' -> true;
      default -> false;
    };
    if (!known) throw new BadSeriesException("elements of type '" + kind + width + "'; store float32, float64, integers or text");
    double bytes = width; // as double: shapes in a damaged header may overflow
    for (int size : shape) bytes *= size;
    if (bytes != data.capacity()) {
      throw new BadSeriesException("data is " + data.capacity() + " bytes, but the shape needs " + (long) bytes
          + "; the file is damaged, write it again with numpy.savez");
    }
  }

  /// Count of elements.
  int size() {
    return width == 0 ? 0 : data.capacity() / width;
  }

  /// Count of elements from one to the next along a dimension.
  int stride(int dimension) {
    int stride = 1;
    int end = columnMajor ? dimension : shape.length;
    for (int d = columnMajor ? 0 : dimension + 1; d < end; d++) stride *= shape[d];
    return stride;
  }

  /// Whether the elements are text.
  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /// An element as a number.
  double number(int index) {
    int at = index * width;
    return switch (kind) {
      case 'f' -> switch (width) {
        case 2 -> Float.float16ToFloat(data.getShort(at));
        case 4 -> data.getFloat(at);
        default -> data.getDouble(at);
      };
      default -> integer(at);
    };
  }

  private long integer(int at) {
    return kind == 'i' || width == 8 ? signed(at) : signed(at) & (1L << 8 * width) - 1;
  }

  private long signed(int at) {
    return switch (width) {
      case 1 -> data.get(at);
      case 2 -> data.getShort(at);
      case 4 -> data.getInt(at);
      default -> data.getLong(at);
    };
  }

  /// An element as a label: text as it stands without its filling, a whole number without fraction; null for NaN, which names no class.
  String label(int index) {
    if (kind == 'f') return Double.isNaN(number(index)) ? null : Labels.ofNumber(number(index));
    if (!isText()) return Long.toString(integer(index * width)); // a double would make one class of two large numbers
    var text = new StringBuilder();
    int step = kind == 'U' ? 4 : 1;
    for (int at = index * width; at < (index + 1) * width; at += step) {
      int codePoint = kind == 'U' ? data.getInt(at) : Byte.toUnsignedInt(data.get(at));
      if (!Character.isValidCodePoint(codePoint))
        throw new BadSeriesException("label " + (index + 1) + " is not text; the file is damaged");
      if (codePoint != 0) text.appendCodePoint(codePoint);
    }
    return Labels.canonical(text.toString());
  }
}
