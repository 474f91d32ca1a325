package dev.anyrate.bench.peers;

import dev.anyrate.bench.Agreement;
import dev.anyrate.bench.report.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compares Anyrate with libtorch and jblas: same work, same numbers, one core, taking turns, so that a disturbance hits all alike.
@Command(name = "peers", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Compares Anyrate with libtorch and jblas on one core.")
public final class Peers implements Callable<Integer> {
  /// Of results with sums of up to 2,048 terms in another order, and of losses after updates that divide rounding by rounding.
  private static final double TOLERANCE = 1e-4;

  @Parameters(arity = "0..*", paramLabel = "WORKLOAD", description = "Any of ${COMPLETION-CANDIDATES}; all if left out.")
  private List<Workload> workloads = List.of(Workload.values());

  @Option(names = "--rounds", defaultValue = "5", description = "Turns of each side (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--warmup", paramLabel = "MS", defaultValue = "4000", description = "Before the first turn (default: ${DEFAULT-VALUE}).")
  private long warmup;

  @Option(names = "--turn", paramLabel = "MS", defaultValue = "700", description = "Length of a turn (default: ${DEFAULT-VALUE}).")
  private long turn;

  private Peers() {}

  /// Exit code 0 for success, 1 if two sides disagree or one fails, 2 for wrong usage.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // tables have decimal points everywhere
    System.exit(new CommandLine(new Peers()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.here() + "; one thread, one core");
    System.out.println(PeerTable.head());
    try (PeerProcess peak = PeerProcess.peak()) {
      peak.seconds(warmup / 4);
      for (Workload workload : workloads) System.out.println(new PeerTable(workload, compare(workload, peak)).row());
    }
    return CommandLine.ExitCode.OK;
  }

  private Turns compare(Workload workload, PeerProcess peak) throws IOException {
    Map<Side, PeerProcess> peers = new EnumMap<>(Side.class);
    var turns = new Turns(new EnumMap<>(Side.class), new ArrayList<>());
    try {
      for (Side side : Side.values()) {
        if (side.takes(workload)) peers.put(side, PeerProcess.start(side, workload));
      }
      requireAgreement(workload, peers);
      for (PeerProcess peer : peers.values()) peer.seconds(warmup);
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<Side, PeerProcess> peer : peers.entrySet()) turns.add(peer.getKey(), peer.getValue().seconds(turn));
        turns.peakFlops().add(PeakMain.FLOPS / peak.seconds(turn / 4));
      }
      return turns;
    } finally {
      for (PeerProcess peer : peers.values()) peer.close();
    }
  }

  private static void requireAgreement(Workload workload, Map<Side, PeerProcess> peers) throws IOException {
    float[] reference = peers.get(Side.LIBTORCH).result();
    for (Map.Entry<Side, PeerProcess> peer : peers.entrySet()) {
      Agreement.require(peer.getKey().title() + ", " + workload.title() + ", against libtorch", peer.getValue().result(), reference,
          TOLERANCE);
    }
  }
}
