package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Kernels;
import java.util.function.Consumer;

/// A kernel called directly, because what it does is not the result of an operation, such as an optimizer's update.
///
/// @param name  the kernel and its setting
/// @param check calls it and compares with its formula in double precision
public record KernelCase(String name, Consumer<Kernels> check) {
  @Override
  public String toString() {
    return name;
  }
}
