// Element by element. What a function and its derivative are stands in `unaryValue` and `derivative`.

// As the constants stand in BinaryFunction.java.
enum { ADD, SUBTRACT, MULTIPLY, DIVIDE };

// As the constants stand in UnaryFunction.java.
enum { RELU, GELU, GELU_TANH, SILU, SIGMOID, TANH, EXP, LOG, SQRT, SQUARE };

#define SQRT_1_BY_2 0.70710678118654752f
#define SQRT_2_BY_PI 0.79788456080286536f
#define SQRT_1_BY_2_PI 0.39894228040143268f

static inline float binaryValue(int function, float a, float b) {
  switch (function) {
    case ADD: return a + b;
    case SUBTRACT: return a - b;
    case MULTIPLY: return a * b;
    default: return a / b;
  }
}

// The standard normal distribution: Φ(x), by erfc so that the lower tail keeps its digits, and φ(x).
static inline float cumulative(float x) {
  return 0.5f * erfc(-x * SQRT_1_BY_2);
}

static inline float density(float x) {
  return SQRT_1_BY_2_PI * exp(-0.5f * x * x);
}

// σ(x). Where e^−x overflows it is infinite and the quotient 0, as it should be.
static inline float sigmoid(float x) {
  return 1 / (1 + exp(-x));
}

// u of ½x(1 + tanh u). As ½(1 + tanh u) = σ(2u), the sum needs not be formed where it would cancel.
static inline float innerOfGeluTanh(float x) {
  return SQRT_2_BY_PI * (x + 0.044715f * x * x * x);
}

static inline float unaryValue(int function, float x) {
  switch (function) {
    case RELU: return x < 0 ? 0 : x; // NaN stays NaN
    case GELU: return x * cumulative(x);
    case GELU_TANH: return x * sigmoid(2 * innerOfGeluTanh(x));
    case SILU: return x * sigmoid(x);
    case SIGMOID: return sigmoid(x);
    case TANH: return tanh(x);
    case EXP: return exp(x);
    case LOG: return log(x);
    case SQRT: return sqrt(x);
    default: return x * x;
  }
}

// dy/dx, from x or from y = value(x), whichever makes it simpler.
static inline float derivative(int function, float x, float y) {
  switch (function) {
    case RELU: return x > 0 ? 1 : 0;
    case GELU: return cumulative(x) + x * density(x);
    case GELU_TANH: {
      float u = innerOfGeluTanh(x);
      float innerDerivative = SQRT_2_BY_PI * (1 + 3 * 0.044715f * x * x);
      return sigmoid(2 * u) + 2 * x * sigmoid(2 * u) * sigmoid(-2 * u) * innerDerivative;
    }
    case SILU: return sigmoid(x) * (1 + x * (1 - sigmoid(x)));
    case SIGMOID: return y * (1 - y);
    case TANH: return 1 - y * y;
    case EXP: return y;
    case LOG: return 1 / x;
    case SQRT: return 1 / (2 * y);
    default: return 2 * x;
  }
}

kernel void binary(int function, int size, const Axes aAxes, const Axes bAxes, global const float* a, int a0,
    global const float* b, int b0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = binaryValue(function, a[a0 + offset(&aAxes, i)], b[b0 + offset(&bAxes, i)]);
}

kernel void unary(int function, int size, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = unaryValue(function, x[x0 + i]);
}

kernel void unaryBackward(int function, int size, global const float* x, int x0, global const float* y, int y0,
    global const float* dY, int dY0, global float* dX, int dX0) {
  int i = get_global_id(0);
  if (i < size) dX[dX0 + i] = derivative(function, x[x0 + i], y[y0 + i]) * dY[dY0 + i];
}

kernel void scale(int size, float factor, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = factor * x[x0 + i];
}

kernel void addScaled(int size, float factor, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] += factor * x[x0 + i];
}
