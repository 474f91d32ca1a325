package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.memory.Storage;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;

/// One launch of a kernel: first its arguments in order, then how many work-items.
///
/// A storage is two arguments, the buffer and the index of its first number. One object for each kernel, used again and again.
final class Launch {
  /// What drivers of NVIDIA take in the second and third dimension; larger launches are cut.
  private static final int LARGEST_DIMENSION = 65_535;

  private final String name;
  private final cl_kernel kernel;
  private final Tuning tuning;
  private final CommandQueue queue;
  private final int[] intValue = new int[1];
  private final Pointer intPointer = Pointer.to(intValue);
  private final float[] floatValue = new float[1];
  private final Pointer floatPointer = Pointer.to(floatValue);
  private int arguments;

  Launch(String name, cl_kernel kernel, Tuning tuning, CommandQueue queue) {
    this.name = name;
    this.kernel = kernel;
    this.tuning = tuning;
    this.queue = queue;
  }

  Launch begin() {
    arguments = 0;
    return this;
  }

  Launch with(int value) {
    intValue[0] = value;
    CL.clSetKernelArg(kernel, arguments++, Sizeof.cl_int, intPointer);
    return this;
  }

  Launch with(boolean value) {
    return with(value ? 1 : 0);
  }

  Launch with(float value) {
    floatValue[0] = value;
    CL.clSetKernelArg(kernel, arguments++, Sizeof.cl_float, floatPointer);
    return this;
  }

  /// A struct of ints.
  Launch with(int[] struct) {
    CL.clSetKernelArg(kernel, arguments++, (long) struct.length * Sizeof.cl_int, Pointer.to(struct));
    return this;
  }

  /// @param storage null for none: the kernel sees a null pointer
  Launch with(Storage storage) {
    if (storage == null) {
      CL.clSetKernelArg(kernel, arguments++, Sizeof.cl_mem, null);
      return with(0);
    }
    DeviceStorage device = DeviceStorage.of(storage);
    CL.clSetKernelArg(kernel, arguments++, Sizeof.cl_mem, device.pointer());
    return with(device.offset());
  }

  /// Runs a work-item for each of `items`.
  void overItems(long items) {
    overGrid(items, 1, 1);
  }

  /// Runs a work-item for each point, x innermost. In that dimension there may be more, which the kernel sends home.
  void overGrid(long x, long y, long z) {
    int group = tuning.group();
    run(Math.ceilDiv(x, group) * group, y, z, group);
  }

  /// Runs so many groups of [Tuning#group()] work-items.
  void overGroups(long groups) {
    run(groups * tuning.group(), 1, 1, tuning.group());
  }

  /// Runs a group of [Tuning#tileItems()] work-items for each tile of a product.
  void overTiles(long tilesOfRows, long tilesOfColumns, long products) {
    run(tilesOfRows * tuning.tileItems(), tilesOfColumns, products, tuning.tileItems());
  }

  private void run(long x, long y, long z, long group) {
    if (x == 0 || y == 0 || z == 0) return;
    long[] local = {group, 1, 1};
    for (long z0 = 0; z0 < z; z0 += LARGEST_DIMENSION) {
      for (long y0 = 0; y0 < y; y0 += LARGEST_DIMENSION) {
        long[] offset = y0 == 0 && z0 == 0 ? null : new long[] {0, y0, z0};
        long[] global = {x, Math.min(y - y0, LARGEST_DIMENSION), Math.min(z - z0, LARGEST_DIMENSION)};
        queue.enqueue(name,
            (handle, event) -> CL.clEnqueueNDRangeKernel(handle, kernel, 3, offset, global, local, 0, null, event));
      }
    }
  }

  void release() {
    CL.clReleaseKernel(kernel);
  }
}
