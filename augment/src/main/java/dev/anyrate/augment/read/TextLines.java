package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.ObjIntConsumer;

/// The lines of a text file that say something, and the one place where a complaint gets its `file:line`.
///
/// @param file     to read, in UTF-8; a byte that is not UTF-8 (old comments have some) becomes a replacement character
/// @param comments characters that make a line a comment where they stand first
record TextLines(Path file, String comments) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /// Hands over every line that is neither blank nor a comment, with its number, counted from 1.
  ///
  /// @return how many lines the file has
  /// @throws BadSeriesException if the file cannot be read, or what `content` throws, with file and line in front
  int forEach(ObjIntConsumer<String> content) {
    int number = 0;
    try (var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number == 1 && line.startsWith(String.valueOf(BYTE_ORDER_MARK))) line = line.substring(1);
        if (!line.isBlank() && comments.indexOf(line.stripLeading().charAt(0)) < 0) content.accept(line, number);
      }
      return number;
    } catch (BadSeriesException complaint) {
      throw complaint.at(file, number);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /// Whether the last line has an end. What is no file, such as a pipe, is taken to have one.
  boolean endsWithNewline() {
    if (!Files.isRegularFile(file)) return true;
    try (var channel = Files.newByteChannel(file)) {
      var last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) == '\n' || last.get(0) == '\r';
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /// What to say of a file that the system does not give out.
  static BadSeriesException unreadable(Path file, IOException failure) {
    String reason = switch (failure) {
      case NoSuchFileException _ -> "no such file; check the path";
      case AccessDeniedException _ -> "may not be read; change its permissions";
      default -> "cannot be read (" + failure.getMessage() + "); check the file";
    };
    return new BadSeriesException(file + ": " + reason, failure);
  }

  /// Name of the dataset, by the file's name: `data/GunPoint_TRAIN.tsv` gives `GunPoint`.
  static String datasetName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "").replaceFirst("(?i)_(train|test)$", "");
  }
}
