package dev.anyrate.engine.kernel.opencl;

import java.util.Arrays;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/// A program that is built for a device.
///
/// @param handle belongs to the [DeviceContext], which releases it
/// @param tuning sizes that it was built with
record Program(cl_program handle, Tuning tuning) {
  /// Builds a family, from the cache if it has been built before. Where a kernel cannot run in groups as large as the device's own limit promises,
  /// because it needs more registers, the family is built again for smaller ones.
  ///
  /// @throws ProgramBuildFailure if the device's compiler refuses it
  static Program build(Family family, cl_context context, Device device, BinaryCache cache) {
    Tuning tuning = Tuning.of(device.description(), device.description().largestGroup());
    while (true) {
      cl_program handle = compiled(family, context, device, tuning.options(), cache);
      Tuning possible = tuning.within(device.description(), largestGroup(handle, device.id()));
      if (possible.equals(tuning)) return new Program(handle, tuning);
      CL.clReleaseProgram(handle);
      tuning = possible;
    }
  }

  private static cl_program compiled(Family family, cl_context context, Device device, String options, BinaryCache cache) {
    String source = family.source();
    String key = BinaryCache.key(device.description(), options, source);
    Optional<cl_program> known = cache.read(key).flatMap(binary -> fromBinary(binary, context, device, options));
    if (known.isPresent()) return known.get();
    cl_program program = CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
    try {
      CL.clBuildProgram(program, 1, new cl_device_id[] {device.id()}, options, null, null);
    } catch (CLException e) {
      String log = log(program, device.id());
      CL.clReleaseProgram(program);
      throw new ProgramBuildFailure(family + ".cl", device.description().toString(), log, e);
    }
    binary(program).ifPresent(binary -> cache.write(key, binary));
    return program;
  }

  /// The driver may refuse a binary, say after an update of something that its version does not tell; then the source is compiled again.
  private static Optional<cl_program> fromBinary(byte[] binary, cl_context context, Device device, String options) {
    cl_device_id[] devices = {device.id()};
    cl_program program = null;
    try {
      program = CL.clCreateProgramWithBinary(context, 1, devices, new long[] {binary.length}, new byte[][] {binary}, null, null);
      CL.clBuildProgram(program, 1, devices, options, null, null);
      return Optional.of(program);
    } catch (CLException _) {
      if (program != null) CL.clReleaseProgram(program);
      return Optional.empty();
    }
  }

  private static Optional<byte[]> binary(cl_program program) {
    long[] size = new long[1];
    CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
    if (size[0] == 0) return Optional.empty(); // a driver without binaries
    byte[] binary = new byte[(int) size[0]];
    CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null);
    return Optional.of(binary);
  }

  private static String log(cl_program program, cl_device_id device) {
    long[] size = new long[1];
    CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] log = new byte[(int) size[0]];
    CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, log.length, Pointer.to(log), null);
    return Device.string(log);
  }

  /// Work-items that every kernel of the program can have in a group.
  private static long largestGroup(cl_program program, cl_device_id device) {
    int[] count = new int[1];
    CL.clCreateKernelsInProgram(program, 0, null, count);
    cl_kernel[] kernels = new cl_kernel[count[0]];
    CL.clCreateKernelsInProgram(program, count[0], kernels, null);
    long[] limit = new long[1];
    long smallest = Long.MAX_VALUE;
    try {
      for (cl_kernel kernel : kernels) {
        CL.clGetKernelWorkGroupInfo(kernel, device, CL.CL_KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(limit), null);
        smallest = Math.min(smallest, limit[0]);
      }
    } finally {
      Arrays.stream(kernels).forEach(CL::clReleaseKernel);
    }
    return smallest;
  }
}
