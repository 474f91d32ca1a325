package dev.anyrate.model.io;

import static java.util.Comparator.comparingLong;

import dev.anyrate.engine.tensor.Shape;
import java.util.List;
import java.util.Map;

/// What the JSON header of a safetensors file says: strings, and where each tensor lies.
///
/// @param metadata strings by name
/// @param entries  one for each tensor, in file order
record SafeTensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  /// Where one tensor lies.
  ///
  /// @param declared byte of the file at which the header speaks of it, for messages
  /// @param name     of the tensor
  /// @param type     of its elements
  /// @param shape    its dimensions
  /// @param begin    its first byte, counted from the end of the header
  /// @param end      one past its last byte
  record Entry(long declared, String name, ElementType type, Shape shape, long begin, long end) {
    /// @throws CheckpointFormatException if the bytes are not those that type and shape need
    Entry {
      long needed = (long) shape.size() * type.bytes();
      if (begin < 0 || end - begin != needed) {
        throw new CheckpointFormatException(declared,
            "tensor '" + name + "' of type " + type + " and shape " + shape + " needs " + needed
                + " bytes, but is said to lie at " + begin + " to " + end + "; the file is damaged, use a whole copy");
      }
      if (needed > Integer.MAX_VALUE) {
        throw new CheckpointFormatException(declared, "tensor '" + name + "' has " + needed
            + " bytes; 2 GiB is the most that can be read, split it");
      }
    }
  }

  /// @param json the header's bytes, without the length in front of them
  static SafeTensorsHeader parse(byte[] json) {
    return new HeaderParser(json).parse();
  }

  /// Checks that the tensors fill the rest of the file: no gap, no overlap, nothing behind them.
  ///
  /// @param data byte of the file at which the first tensor begins
  /// @param size bytes of the file
  void requireGapless(long data, long size) {
    long filled = 0;
    for (Entry entry : entries.stream().sorted(comparingLong(Entry::begin).thenComparingLong(Entry::end)).toList()) {
      if (entry.begin != filled) {
        throw new CheckpointFormatException(data + Math.min(entry.begin, filled),
            "tensor '" + entry.name + "' begins at " + entry.begin
                + " of the data, but those before it end at " + filled + "; the file is damaged, use a whole copy");
      }
      filled = entry.end;
      if (filled > size - data) {
        throw new CheckpointFormatException(size,
            "the file ends within tensor '" + entry.name + "', which ends at byte " + (data + filled)
                + "; it is cut short, use a whole copy");
      }
    }
    if (filled != size - data) {
      throw new CheckpointFormatException(data + filled, (size - data - filled)
          + " bytes behind the last tensor; the file is damaged, use a whole copy");
    }
  }
}
