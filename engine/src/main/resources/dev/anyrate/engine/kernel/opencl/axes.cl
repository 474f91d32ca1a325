// Some axes of a tensor: how many elements each has, and how far apart they lie in memory. The host fills it (DeviceAxes.java).
// Every storage comes as two arguments, a buffer and the index of the storage's first number in it: x and x0.

#define MOST_AXES 8

typedef struct {
  int rank;
  int dims[MOST_AXES];    // outermost first
  int strides[MOST_AXES]; // 0 where the axis repeats one element
} Axes;

// Where the element stands in memory that is number `index` in row-major order.
static inline int offset(const Axes* axes, int index) {
  int sum = 0;
  for (int axis = axes->rank - 1; axis > 0; axis--) {
    sum += index % axes->dims[axis] * axes->strides[axis];
    index /= axes->dims[axis];
  }
  return sum + index * axes->strides[0];
}
