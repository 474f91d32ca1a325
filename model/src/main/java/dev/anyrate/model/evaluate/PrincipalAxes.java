package dev.anyrate.model.evaluate;

/// The directions along which centred rows differ most, each up to its sign.
///
/// @param axes      `[K][E]`, orthonormal, largest variance first; zero where there is none left
/// @param variances `[K]`, over N
record PrincipalAxes(double[][] axes, double[] variances) {}
