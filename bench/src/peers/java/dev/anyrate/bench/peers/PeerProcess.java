package dev.anyrate.bench.peers;

import dev.anyrate.bench.Flags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A running [PeerMain] or [PeakMain], bound to one core where the system can do that. It computes only while [#seconds] waits for it.
final class PeerProcess implements AutoCloseable {
  private final Side side;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;
  private final Path result;
  private final Path log;

  private PeerProcess(Side side, Process process, Path result, Path log) {
    this.side = side;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    this.result = result;
    this.log = log;
  }

  /// Starts a side and waits until it has computed its result.
  static PeerProcess start(Side side, Workload workload) throws IOException {
    return start(side, PeerMain.class, List.of(side.name(), workload.name()));
  }

  /// Starts the peak, in the surroundings of Anyrate.
  static PeerProcess peak() throws IOException {
    return start(Side.ANYRATE, PeakMain.class, List.of());
  }

  private static PeerProcess start(Side side, Class<?> program, List<String> arguments) throws IOException {
    Path result = Files.createTempFile("anyrate-peer", ".result");
    Path log = Files.createTempFile("anyrate-peer", ".log");
    List<String> command = new ArrayList<>(OneCore.command());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(Flags.NATIVES, Flags.QUIET, Flags.NO_LOG, "-DOFFLINE=true", "-cp", System.getProperty("java.class.path")));
    command.addAll(side.flags());
    command.add(program.getName());
    command.addAll(arguments);
    command.add(result.toString());
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(side.environment());
    var peer = new PeerProcess(side, builder.start(), result, log);
    peer.answer();
    return peer;
  }

  /// What it computed.
  float[] result() throws IOException {
    var floats = ByteBuffer.wrap(Files.readAllBytes(result)).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }

  /// Lets it compute for a while.
  ///
  /// @return median time of a call
  double seconds(long milliseconds) throws IOException {
    orders.println(milliseconds);
    return Double.parseDouble(answer());
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) throw new IOException(side.title() + " ended:\n" + Files.readString(log));
    return line;
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
    Files.deleteIfExists(result);
    Files.deleteIfExists(log);
  }
}
