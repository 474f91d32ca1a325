// How many samples of a series count. The host backends refuse a length that breaks the rule (ValidLength.java). A kernel can refuse nothing: here such a
// length counts as the nearest one that keeps it, NaN as 0, so that none leads out of the series.
static inline int validOf(global const float* lengths, int b, int length) {
  return clamp(convert_int_sat(lengths[b]), 0, length);
}
