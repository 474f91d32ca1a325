package dev.anyrate.bench.peers;

import dev.anyrate.bench.Call;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The process of one side and one workload: writes its result to a file, then times calls for as many milliseconds as each line of its input says.
public final class PeerMain {
  /// The loss of a training step is that before its update: with the fourth one, three updates show whether gradients and optimiser agree.
  private static final int CALLS_BEFORE_RESULT = 4;

  private PeerMain() {}

  /// @param arguments side, workload, file for the result
  public static void main(String[] arguments) throws IOException {
    answer(Side.valueOf(arguments[0]).calls().prepare(Workload.valueOf(arguments[1])), Path.of(arguments[2]));
  }

  /// Answers orders until there are no more, and ends the process.
  static void answer(Call call, Path result) throws IOException {
    for (int i = 0; i < CALLS_BEFORE_RESULT; i++) call.run();
    write(result, call.result());
    System.out.println("ready");
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(medianSeconds(call, Long.parseLong(line)));
    }
    System.exit(0); // threads of a library must not keep the process alive
  }

  private static void write(Path file, float[] result) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (float value : result) out.writeFloat(value);
    }
  }

  private static double medianSeconds(Call call, long milliseconds) {
    long[] times = new long[1024];
    int count = 0;
    long end = System.nanoTime() + milliseconds * 1_000_000;
    do {
      long start = System.nanoTime();
      call.run();
      if (count == times.length) times = Arrays.copyOf(times, 2 * count);
      times[count++] = System.nanoTime() - start;
    } while (System.nanoTime() < end);
    Arrays.sort(times, 0, count);
    return times[count / 2] * 1e-9;
  }
}
