// Parameter updates, a work-item for each parameter.

// rest1 = 1 − beta1, rest2 = 1 − beta2, kept = 1 − learningRate·decoupledDecay, rate = learningRate/correction1, root = 1/√correction2: from the host, in double.
kernel void adam(int size, float beta1, float rest1, float beta2, float rest2, float epsilon, float coupledDecay, float kept,
    float rate, float root, global float* parameter, int parameter0, global const float* gradient, int gradient0,
    global float* firstMoment, int firstMoment0, global float* secondMoment, int secondMoment0) {
  int i = get_global_id(0);
  if (i >= size) return;
  float p = parameter[parameter0 + i];
  float g = gradient[gradient0 + i] + coupledDecay * p;
  float m = beta1 * firstMoment[firstMoment0 + i] + rest1 * g;
  float v = beta2 * secondMoment[secondMoment0 + i] + rest2 * g * g;
  parameter[parameter0 + i] = kept * p - rate * m / (sqrt(v) * root + epsilon);
  firstMoment[firstMoment0 + i] = m;
  secondMoment[secondMoment0 + i] = v;
}

kernel void sgd(int size, float learningRate, float momentum, int nesterov, float decay, int first, global float* parameter,
    int parameter0, global const float* gradient, int gradient0, global float* velocity, int velocity0) {
  int i = get_global_id(0);
  if (i >= size) return;
  float p = parameter[parameter0 + i];
  float g = gradient[gradient0 + i] + decay * p;
  float v = first ? g : momentum * velocity[velocity0 + i] + g; // what v holds before the first step is arbitrary
  parameter[parameter0 + i] = p - learningRate * (nesterov ? g + momentum * v : v);
  velocity[velocity0 + i] = v;
}
