package dev.anyrate.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final float[] REFERENCE = {3, 4};

  @Test
  void errorIsRelativeToTheReference() {
    assertEquals(0.2, Agreement.error(new float[] {3, 5}, REFERENCE), 1e-12);
    assertDoesNotThrow(() -> Agreement.require("sum", new float[] {3, 5}, REFERENCE, 0.21));
    assertThrows(IllegalStateException.class, () -> Agreement.require("sum", new float[] {3, 5}, REFERENCE, 0.19));
  }

  @Test
  void notANumberAndAnotherCountNeverAgree() {
    assertThrows(IllegalStateException.class, () -> Agreement.require("sum", new float[] {3, Float.NaN}, REFERENCE, 1e9));
    assertThrows(IllegalStateException.class, () -> Agreement.require("sum", new float[] {3}, REFERENCE, 1e9));
  }
}
