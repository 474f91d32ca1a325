// Copies that change where elements stand.

// xAxes are the axes of y, with the strides they have in x.
kernel void permute(int size, const Axes xAxes, global const float* x, int x0, global float* y, int y0) {
  int i = get_global_id(0);
  if (i < size) y[y0 + i] = x[x0 + offset(&xAxes, i)];
}

kernel void copyColumns(int width, global const float* x, int x0, int xColumns, int xColumn, global float* y, int y0, int yColumns,
    int yColumn) {
  int j = get_global_id(0);
  int row = get_global_id(1);
  if (j < width) y[y0 + row * yColumns + yColumn + j] = x[x0 + row * xColumns + xColumn + j];
}
