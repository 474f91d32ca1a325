package dev.anyrate.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.BackendReport;
import dev.anyrate.engine.kernel.BackendUnavailable;
import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final EngineOptions SCALAR = new EngineOptions("scalar", 1, MemoryPolicy.POOLED);

  @Test
  void takesTheBestBackendThatWorksHere() {
    try (Engine engine = Engine.open(SCALAR.withBackend(Backends.AUTOMATIC))) {
      BackendReport report = engine.report();
      var best = Backends.candidates().stream().filter(candidate -> candidate.availability() instanceof Available).findFirst();
      assertEquals(best.orElseThrow().name(), report.chosen());
      assertEquals(report.chosen(), engine.kernels().name());
    }
  }

  @Test
  void takesTheBackendThatIsNamed() {
    try (Engine engine = Engine.open(SCALAR)) {
      assertEquals("scalar", engine.report().chosen());
    }
  }

  @Test
  void refusesANameThatIsNoBackend() {
    String message = assertThrows(BackendUnavailable.class, () -> Engine.open(SCALAR.withBackend("cuda"))).getMessage();
    assertTrue(message.startsWith("backend cuda does not exist; choose one of auto, "), message);
    for (var provider : Backends.found()) assertTrue(message.contains(provider.name()), message);
  }

  @Test
  void reportsBetterBackendsThatAreMissingInOneLine() {
    var report = new BackendReport("b", "plain loops", List.of(
        new BackendReport.Candidate("a", new Unavailable("no module", "add it")),
        new BackendReport.Candidate("b", new Available("plain loops")),
        new BackendReport.Candidate("c", new Unavailable("worse anyway", "nothing"))));
    assertEquals("backend=b (plain loops); a not used: no module; add it", report.line());
  }

  @Test
  void keepsNumbersUntilTheyAreReadBack() {
    try (Engine engine = Engine.open(SCALAR)) {
      Tensor tensor = engine.tensor(Shape.of(2, 2), 1, 2, 3, 4);
      assertArrayEquals(new float[] {1, 2, 3, 4}, engine.toHost(tensor));
      engine.write(tensor, new float[] {5, 6, 7, 8});
      assertArrayEquals(new float[] {5, 6, 7, 8}, engine.toHost(tensor));
      assertArrayEquals(new float[] {9, 9, 9}, engine.toHost(engine.full(Shape.of(3), 9)));
    }
  }

  @Test
  void copiesTheNumbersItIsGiven() {
    try (Engine engine = Engine.open(SCALAR)) {
      float[] mine = {1, 2};
      Tensor tensor = engine.tensor(Shape.of(2), mine);
      mine[0] = 100;
      assertArrayEquals(new float[] {1, 2}, engine.toHost(tensor));
    }
  }

  @Test
  void refusesAnotherCountOfNumbers() {
    try (Engine engine = Engine.open(SCALAR)) {
      assertEquals("tensor: shape is [2, 2], number of values is 3; give as many values as the shape has elements",
          assertThrows(ShapeMismatch.class, () -> engine.tensor(Shape.of(2, 2), 1, 2, 3)).getMessage());
      Tensor tensor = engine.full(Shape.of(2), 0);
      assertEquals("write: tensor is [2], number of values is 1; give as many values as the tensor has elements",
          assertThrows(ShapeMismatch.class, () -> engine.write(tensor, new float[1])).getMessage());
    }
  }

  @Test
  void tapesAndInferencesKnowWhetherTheyTrain() {
    try (Engine engine = Engine.open(SCALAR);
        var tape = engine.tape();
        var head = engine.evaluationTape();
        var plain = engine.inference()) {
      assertTrue(tape.training());
      assertFalse(head.training());
      assertFalse(plain.training());
    }
  }

  /// A device may fail when it is closed; the threads would wait for work as long as the program runs.
  @Test
  void threadsEndWhereTheBackendFailsToClose() throws InterruptedException {
    Set<Thread> others = workerThreads();
    var workers = new Workers(3);
    Set<Thread> mine = workerThreads();
    mine.removeAll(others);
    assertEquals(2, mine.size());
    Kernels failing = (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class},
        (_, _, _) -> {
          throw new DeviceFailure("failed", null);
        });
    var engine = new Engine(workers, failing, new BackendReport("failing", "", List.of()));
    assertEquals("failed", assertThrows(DeviceFailure.class, engine::close).getMessage());
    for (Thread thread : mine) {
      thread.join(10_000);
      assertFalse(thread.isAlive(), thread::getName);
    }
  }

  private static Set<Thread> workerThreads() {
    var threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("anyrate-worker"));
    return threads;
  }

  @Test
  void runsEveryPartOfWorkOnceOnItsThreads() {
    for (int threads : new int[] {1, 3}) {
      var done = new AtomicIntegerArray(100);
      try (Engine engine = Engine.open(SCALAR.withThreads(threads))) {
        engine.parallel(100, done::incrementAndGet);
        engine.parallel(0, done::incrementAndGet);
        assertThrows(IllegalStateException.class, () -> engine.parallel(5, part -> {
          throw new IllegalStateException("part " + part);
        }));
      }
      for (int part = 0; part < done.length(); part++) assertEquals(1, done.get(part));
    }
  }

  @Test
  void needsAThread() {
    assertEquals("threads: 0; give 1 to 1024",
        assertThrows(IllegalArgumentException.class, () -> SCALAR.withThreads(0)).getMessage());
  }
}
