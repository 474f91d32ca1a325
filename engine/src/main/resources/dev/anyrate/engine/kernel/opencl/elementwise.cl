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

// The standard normal distribution: φ(x), and Φ(x), whose smaller tail is ½ erfc(|x|/√2) by Hastings' polynomial in 1/(1 + 0.3275911·|x|/√2); the error of erfc is
// below 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). The built-in erfc has branches, in which a processor computes one number at a time.
static inline float density(float x) {
  return SQRT_1_BY_2_PI * exp(-0.5f * x * x);
}

static inline float cumulative(float x) {
  float t = 1 / (1 + 0.3275911f * SQRT_1_BY_2 * fabs(x));
  float polynomial = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
  float tail = 0.5f * polynomial * exp(-0.5f * x * x);
  return x < 0 ? tail : 1 - tail;
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
      float t = sigmoid(2 * u) * sigmoid(-2 * u) * x * (2 * SQRT_2_BY_PI);
      return sigmoid(2 * u) + t + 3 * 0.044715f * (t * x * x); // not x * x first: where that is infinite, t is 0
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

// Anywhere: a work-item for each element finds the places of its operands.
kernel void binary(int function, int size, const Axes aAxes, const Axes bAxes, global const float* a, int a0,
    global const float* b, int b0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = binaryValue(function, a[a0 + offset(&aAxes, i)], b[b0 + offset(&bAxes, i)]);
}

// Rows of `width` elements, as nearly all tensors are: no divisions. A kernel for each function, here and below: where the function is an argument, a processor
// computes one number at a time.
#define BINARY(FUNCTION) \
  kernel void binaryRows_##FUNCTION(int width, int aRow, int aColumn, int bRow, int bColumn, global const float* a, int a0, \
      global const float* b, int b0, global float* y, int y0) { \
    int i = get_global_id(0); \
    int row = get_global_id(1); \
    if (i >= width) return; \
    float left = (a + a0 + row * aRow)[i * aColumn]; \
    float right = (b + b0 + row * bRow)[i * bColumn]; \
    (y + y0 + row * width)[i] = binaryValue(FUNCTION, left, right); \
  }

BINARY(ADD)
BINARY(SUBTRACT)
BINARY(MULTIPLY)
BINARY(DIVIDE)

#define UNARY(FUNCTION) \
  kernel void unary_##FUNCTION(int size, global const float* x, int x0, global float* y, int y0) { \
    int i = get_global_id(0); \
    if (i < size) y[y0 + i] = unaryValue(FUNCTION, x[x0 + i]); \
  } \
  kernel void unaryBackward_##FUNCTION(int size, global const float* x, int x0, global const float* y, int y0, \
      global const float* dY, int dY0, global float* dX, int dX0) { \
    int i = get_global_id(0); \
    if (i < size) dX[dX0 + i] = derivative(FUNCTION, x[x0 + i], y[y0 + i]) * dY[dY0 + i]; \
  }

UNARY(RELU)
UNARY(GELU)
UNARY(GELU_TANH)
UNARY(SILU)
UNARY(SIGMOID)
UNARY(TANH)
UNARY(EXP)
UNARY(LOG)
UNARY(SQRT)
UNARY(SQUARE)

kernel void scale(int size, float factor, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = factor * x[x0 + i];
}

kernel void addScaled(int size, float factor, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] += factor * x[x0 + i];
}
