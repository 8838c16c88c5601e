//! Operations on rows of numbers: normalisation, sums, neighbours, recurrent units.

#![allow(unsafe_code, reason = "calls to code compiled for a level that the machine was found to have")]

use crate::{Level, sigmoid, tanh};

/// Scale and shift of a layer normalisation.
#[derive(Clone, Debug)]
pub struct LayerNorm {
    /// What each number of a normalised row is multiplied by.
    pub scale: Vec<f32>,
    /// What is added then.
    pub shift: Vec<f32>,
}

impl LayerNorm {
    /// Normalises rows in place, then adds the rows of `residual`, if given.
    pub fn apply(&self, level: Level, rows: &mut [f32], residual: Option<&[f32]>) {
        normalise(level, rows, self.scale.len(), &self.scale, &self.shift, residual);
    }
}

/// Replaces every negative number by zero.
#[inline]
pub fn rectify(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = number.max(0.0));
}

/// Defines a function that runs the same plain code, compiled once for each level.
macro_rules! on_level {
    ($(#[$doc:meta])* $name:ident, $body:ident, $($argument:ident: $type:ty),*) => {
        $(#[$doc])*
        #[inline]
        pub fn $name(level: Level, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) {
                $body($($argument),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx2,fma")]
            fn avx512($($argument: $type),*) {
                $body($($argument),*);
            }
            match level {
                Level::Scalar => $body($($argument),*),
                // SAFETY: `level` is only made of what the machine has been found to have.
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}

on_level! {
    /// Layer normalisation of rows: scale and shift are applied, then the rows of `residual` are added, if given. Sums are
    /// taken in the order of numpy.
    normalise, normalise_plain, rows: &mut [f32], width: usize, scale: &[f32], shift: &[f32], residual: Option<&[f32]>
}

on_level! {
    /// Adds a row to another.
    add, add_plain, to: &mut [f32], row: &[f32]
}

on_level! {
    /// Mixes each row with the rows before and after it: `neighbours` holds one row of weights each for the row before, the
    /// row itself and the row after.
    mix_neighbours, mix_plain, rows: &[f32], neighbours: &[f32], width: usize, output: &mut [f32]
}

on_level! {
    /// Runs simple recurrent units in both directions and adds their output to `rows`, of `2 * half` numbers each. A row of
    /// `gates` holds the input, how much of the state is kept, and how much of it is shown; each of them for the units that
    /// run forward first.
    recur, recur_plain, gates: &[f32], half: usize, rows: &mut [f32]
}

#[inline(always)]
fn mix_plain(rows: &[f32], neighbours: &[f32], width: usize, output: &mut [f32]) {
    let (before, rest) = neighbours.split_at(width);
    let (own, behind) = rest.split_at(width);
    let count = rows.len() / width;
    for (at, output) in output.chunks_exact_mut(width).take(count).enumerate() {
        let row = &rows[at * width..(at + 1) * width];
        output.iter_mut().zip(row).zip(own).for_each(|((sum, number), weight)| *sum = number * weight);
        if let Some(last) = at.checked_sub(1) {
            let row = &rows[last * width..(last + 1) * width];
            output.iter_mut().zip(row).zip(before).for_each(|((sum, number), weight)| *sum += number * weight);
        }
        if at + 1 < count {
            let row = &rows[(at + 1) * width..(at + 2) * width];
            output.iter_mut().zip(row).zip(behind).for_each(|((sum, number), weight)| *sum += number * weight);
        }
    }
}

#[inline(always)]
fn recur_plain(gates: &[f32], half: usize, rows: &mut [f32]) {
    let (width, count) = (2 * half, rows.len() / (2 * half));
    let mut state = vec![0.0_f32; half];
    for direction in 0..2 {
        state.fill(0.0);
        for step in 0..count {
            let at = if direction == 0 { step } else { count - 1 - step };
            let gates = &gates[at * 3 * width + direction * half..];
            let (incoming, kept, shown) = (&gates[..half], &gates[width..width + half], &gates[2 * width..][..half]);
            let row = &mut rows[at * width + direction * half..][..half];
            for unit in 0..half {
                let keep = sigmoid(kept[unit]);
                state[unit] = keep * state[unit] + (1.0 - keep) * incoming[unit];
                row[unit] += sigmoid(shown[unit]) * tanh(state[unit]);
            }
        }
    }
}

#[inline(always)]
fn add_plain(to: &mut [f32], row: &[f32]) {
    to.iter_mut().zip(row).for_each(|(to, number)| *to += number);
}

#[inline(always)]
fn normalise_plain(rows: &mut [f32], width: usize, scale: &[f32], shift: &[f32], residual: Option<&[f32]>) {
    for (at, row) in rows.chunks_exact_mut(width).enumerate() {
        let count = width as f32;
        let mean = sum(row, |number| number) / count;
        let variance = sum(row, |number| (number - mean) * (number - mean)) / count + 1e-8;
        let factor = 1.0 / variance.sqrt();
        for ((number, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *number = (*number - mean) * factor * scale + shift;
        }
        if let Some(residual) = residual {
            add_plain(row, &residual[at * width..(at + 1) * width]);
        }
    }
}

/// A sum in eight lanes, as numpy takes it.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut lanes = [0.0_f32; 8];
    for eight in eights {
        lanes.iter_mut().zip(eight).for_each(|(lane, number)| *lane += of(*number));
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    let sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
    rest.iter().fold(sum, |sum, number| sum + of(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::numbers;

    #[test]
    fn recurrent_units_give_the_same_bits_at_every_level() {
        let (half, count) = (24, 7);
        let (gates, neighbours) = (numbers(count * 6 * half, 1), numbers(6 * half, 2));
        let run = |level| {
            let mut mixed = vec![0.0; count * 2 * half];
            mix_neighbours(level, &numbers(count * 2 * half, 3), &neighbours, 2 * half, &mut mixed);
            recur(level, &gates, half, &mut mixed);
            mixed
        };
        for level in Level::all() {
            assert_eq!(run(level), run(Level::Scalar), "{level:?}");
        }
    }
}
