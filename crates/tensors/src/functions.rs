//! Functions that are computed by the same operations on every machine, unlike those of the standard library.

/// The exponential function, to six digits, by the same operations on every machine.
#[inline(always)]
pub fn exp(number: f32) -> f32 {
    // 2^n with n the nearest integer, times a polynomial of what is left.
    const TO_INTEGER: f32 = 12_582_912.0;
    let number = number.clamp(-87.0, 88.0);
    let shifted = number * std::f32::consts::LOG2_E + TO_INTEGER;
    let whole = shifted - TO_INTEGER;
    let rest = (number - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    let series = 1.0 / 720.0;
    let series = series * rest + 1.0 / 120.0;
    let series = series * rest + 1.0 / 24.0;
    let series = series * rest + 1.0 / 6.0;
    let series = series * rest + 0.5;
    let series = series * rest + 1.0;
    let series = series * rest + 1.0;
    series * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub fn sigmoid(number: f32) -> f32 {
    1.0 / (1.0 + exp(-number))
}

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh(number: f32) -> f32 {
    2.0 * sigmoid(2.0 * number) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_function_is_right_to_five_digits() {
        for at in -800..800 {
            let number = at as f32 / 10.0;
            assert!((exp(number) / number.exp() - 1.0).abs() < 1e-5, "{number}: {}", exp(number));
        }
        assert!((tanh(0.5) - 0.5_f32.tanh()).abs() < 1e-6 && tanh(-40.0) == -1.0 && sigmoid(-200.0) >= 0.0);
    }
}
