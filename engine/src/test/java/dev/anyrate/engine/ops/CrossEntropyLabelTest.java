package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.BackendUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A label that is no class must not read the logits of the next row.
class CrossEntropyLabelTest {
  private static final float[] LOGITS = {1, 2, 3, 4, 5, 6};

  @TestFactory
  Stream<DynamicNode> aLabelThatIsNoClassIsNoticed() {
    return BackendUnderTest.each(backend -> Stream.of(3f, -1f, 0.5f, Float.NaN)
        .map(label -> DynamicTest.dynamicTest("label " + label, () -> check(backend, label))));
  }

  private static void check(BackendUnderTest backend, float label) {
    try (BackendUnderTest.Open open = backend.open(1, MemoryPolicy.POOLED)) {
      if (backend.toString().equals("opencl")) {
        assertTrue(Float.isNaN(loss(open.kernels(), label)));
        return;
      }
      var refusal = assertThrows(IllegalArgumentException.class, () -> loss(open.kernels(), label));
      assertEquals("cross-entropy: label " + label + " in row 1 is none of the 3 classes that logits have;"
          + " give whole numbers from 0 to 2", refusal.getMessage());
    }
  }

  private static float loss(Kernels kernels, float label) {
    try (Storage logits = kernels.memory().allocate(6);
        Storage labels = kernels.memory().allocate(2);
        Storage loss = kernels.memory().allocate(1)) {
      kernels.transfer().upload(LOGITS, 0, logits);
      kernels.transfer().upload(new float[] {2, label}, 0, labels);
      kernels.loss().crossEntropy(2, 3, logits, labels, loss);
      float[] value = new float[1];
      kernels.transfer().download(loss, value, 0);
      return value[0];
    }
  }
}
