package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.OptimizerKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Parameter updates, each in one pass. The last elements are computed one by one, with the same roundings as the lanes.
final class SimdOptimizer implements OptimizerKernels {
  private final Workers workers;
  private final AdamCall adam = new AdamCall();
  private final SgdCall sgd = new SgdCall();

  SimdOptimizer(Workers workers) {
    this.workers = workers;
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  @Override
  public void adam(int size, AdamConstants constants, float learningRate, int step, Storage parameter, Storage gradient,
      Storage firstMoment, Storage secondMoment) {
    adam.set(constants, learningRate, step);
    adam.parameter = HeapStorage.of(parameter);
    adam.gradient = HeapStorage.of(gradient);
    adam.firstMoment = HeapStorage.of(firstMoment);
    adam.secondMoment = HeapStorage.of(secondMoment);
    workers.runRanges(size, Grain.FLOATS, adam);
  }

  private static final class AdamCall implements Workers.Range {
    private float beta1;
    private float oneMinusBeta1;
    private float beta2;
    private float oneMinusBeta2;
    private float epsilon;
    private float decay; // that is part of the gradient
    private float keep; // 1 − learningRate·decoupledDecay
    private float rate; // learningRate/correction₁
    private float rescale; // 1/√correction₂
    private HeapStorage parameter;
    private HeapStorage gradient;
    private HeapStorage firstMoment;
    private HeapStorage secondMoment;

    /// Finds the factors of one step in double precision.
    void set(AdamConstants constants, float learningRate, int step) {
      beta1 = constants.beta1();
      oneMinusBeta1 = (float) (1 - (double) beta1);
      beta2 = constants.beta2();
      oneMinusBeta2 = (float) (1 - (double) beta2);
      epsilon = constants.epsilon();
      decay = constants.coupledDecay();
      keep = (float) (1 - (double) learningRate * constants.decoupledDecay());
      rate = (float) (learningRate / (1 - Math.pow(beta1, step)));
      rescale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    }

    @Override
    public void run(int from, int to) {
      update(to - from, parameter.array(), parameter.offset() + from, gradient.array(), gradient.offset() + from,
          firstMoment.array(), firstMoment.offset() + from, secondMoment.array(), secondMoment.offset() + from);
    }

    private void update(int size, float[] p, int p0, float[] g, int g0, float[] m, int m0, float[] v, int v0) {
      int i = 0;
      for (; i <= size - LANES; i += LANES) {
        FloatVector parameter = load(p, p0 + i);
        FloatVector slope = parameter.fma(constant(decay), load(g, g0 + i));
        FloatVector first = slope.fma(constant(oneMinusBeta1), load(m, m0 + i).mul(beta1));
        FloatVector second = slope.mul(slope).fma(constant(oneMinusBeta2), load(v, v0 + i).mul(beta2));
        FloatVector change = first.mul(rate).div(second.sqrt().fma(constant(rescale), constant(epsilon)));
        parameter.mul(keep).sub(change).intoArray(p, p0 + i);
        first.intoArray(m, m0 + i);
        second.intoArray(v, v0 + i);
      }
      for (; i < size; i++) {
        float slope = Math.fma(p[p0 + i], decay, g[g0 + i]);
        float first = Math.fma(slope, oneMinusBeta1, m[m0 + i] * beta1);
        float second = Math.fma(slope * slope, oneMinusBeta2, v[v0 + i] * beta2);
        p[p0 + i] = p[p0 + i] * keep - first * rate / Math.fma((float) Math.sqrt(second), rescale, epsilon);
        m[m0 + i] = first;
        v[v0 + i] = second;
      }
    }
  }

  @Override
  public void sgd(int size, float learningRate, float momentum, boolean nesterov, float decay, boolean first, Storage parameter,
      Storage gradient, Storage velocity) {
    HeapStorage vs = HeapStorage.of(velocity);
    if (first) Arrays.fill(vs.array(), vs.offset(), vs.offset() + size, 0);
    // Nesterov's step looks ahead along the velocity; the plain one goes along it: both are p −= a·g + b·v.
    sgd.alongGradient = nesterov ? learningRate : 0;
    sgd.alongVelocity = nesterov ? learningRate * momentum : learningRate;
    sgd.momentum = momentum;
    sgd.decay = decay;
    sgd.parameter = HeapStorage.of(parameter);
    sgd.gradient = HeapStorage.of(gradient);
    sgd.velocity = vs;
    workers.runRanges(size, Grain.FLOATS, sgd);
  }

  private static final class SgdCall implements Workers.Range {
    private float alongGradient;
    private float alongVelocity;
    private float momentum;
    private float decay;
    private HeapStorage parameter;
    private HeapStorage gradient;
    private HeapStorage velocity;

    @Override
    public void run(int from, int to) {
      sgd(to - from, decay, momentum, alongGradient, alongVelocity, parameter.array(), parameter.offset() + from,
          gradient.array(), gradient.offset() + from, velocity.array(), velocity.offset() + from);
    }
  }

  private static void sgd(int size, float decay, float momentum, float alongGradient, float alongVelocity, float[] p, int p0,
      float[] g,
      int g0, float[] v, int v0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector parameter = load(p, p0 + i);
      FloatVector slope = parameter.fma(constant(decay), load(g, g0 + i));
      FloatVector speed = load(v, v0 + i).fma(constant(momentum), slope);
      parameter.sub(slope.mul(alongGradient)).sub(speed.mul(alongVelocity)).intoArray(p, p0 + i);
      speed.intoArray(v, v0 + i);
    }
    for (; i < size; i++) {
      float slope = Math.fma(p[p0 + i], decay, g[g0 + i]);
      float speed = Math.fma(v[v0 + i], momentum, slope);
      p[p0 + i] = p[p0 + i] - slope * alongGradient - speed * alongVelocity;
      v[v0 + i] = speed;
    }
  }
}
