/// The natural logarithm of a positive number, by halving down to near 1 and the series of the inverse hyperbolic
/// tangent: the engine uses no C library, so that every machine computes the same.
func naturalLogarithm(_ number: Double) -> Double {
  let exponent = Double(number.exponent)
  let fraction = (number.significand - 1) / (number.significand + 1)
  var power = fraction
  var sum = 0.0
  for divisor in stride(from: 1.0, through: 41.0, by: 2.0) {
    sum += power / divisor
    power *= fraction * fraction
  }
  return 2 * sum + exponent * 0.693_147_180_559_945_3
}
