//! Dense layers: products of rows with weights, in one order of operations on every machine.
//!
//! Every output is a chain of fused multiply-adds over its inputs in order, so the scalar, AVX2 and AVX-512 versions give the
//! same bits. Weights are packed in panels of 48 outputs: three vectors of 16, which are the three pieces of 16 maxout
//! units, or just 48 outputs.

#![allow(unsafe_code, reason = "vector loads and stores; a test holds every kernel to its scalar twin")]

use crate::Level;

/// Outputs of a vector, and of a panel.
const LANES: usize = 16;
const PANEL: usize = 3 * LANES;

/// What becomes of the products of a layer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Activation {
    /// The bias is added.
    Linear,
    /// The bias is added, and the largest of three pieces is taken.
    Maxout,
}

/// A dense layer: every output is a weighted sum of all inputs. Its weights are packed for the kernels.
#[derive(Debug)]
pub struct Dense {
    activation: Activation,
    inputs: usize,
    /// Numbers that one row of input gives.
    pub outputs: usize,
    panels: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    /// A layer with one row of `inputs` weights for each output; there are as many outputs as numbers in `bias`.
    ///
    /// # Panics
    /// If `weights` is too short.
    pub fn linear(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        let order: Vec<Option<usize>> =
            (0..outputs.next_multiple_of(PANEL)).map(|at| (at < outputs).then_some(at)).collect();
        Self::pack(Activation::Linear, weights, bias, inputs, outputs, &order)
    }

    /// A layer with one row of weights for each *input*, as trained networks often store them.
    ///
    /// # Panics
    /// If `matrix` is not as long as inputs times outputs.
    pub fn from_columns(matrix: &[f32], bias: &[f32]) -> Self {
        let (outputs, inputs) = (bias.len(), matrix.len() / bias.len());
        let mut turned = vec![0.0; matrix.len()];
        for input in 0..inputs {
            for output in 0..outputs {
                turned[output * inputs + input] = matrix[input * outputs + output];
            }
        }
        Self::linear(&turned, bias, inputs)
    }

    /// A maxout layer of three pieces: the row of unit `o` and piece `p` is `3 * o + p`.
    ///
    /// # Panics
    /// If `weights` is too short.
    pub fn maxout(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len() / 3;
        let mut order = Vec::new();
        for first in (0..outputs).step_by(LANES) {
            for piece in 0..3 {
                order.extend((first..first + LANES).map(|unit| (unit < outputs).then_some(3 * unit + piece)));
            }
        }
        Self::pack(Activation::Maxout, weights, bias, inputs, outputs, &order)
    }

    fn pack(
        activation: Activation,
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        outputs: usize,
        order: &[Option<usize>],
    ) -> Self {
        let panels = order.len() / PANEL;
        let mut packed = Vec::with_capacity(inputs * order.len());
        for panel in order.chunks_exact(PANEL) {
            for input in 0..inputs {
                packed.extend(panel.iter().map(|row| row.map_or(0.0, |row| weights[row * inputs + input])));
            }
        }
        let bias = order.iter().map(|row| row.map_or(0.0, |row| bias[row])).collect();
        Self { activation, inputs, outputs, panels, weights: packed, bias }
    }

    /// Computes `rows` rows: row `i` reads its inputs from `i * stride` on, and is written to `output` from `i * outputs` on.
    /// Rows of input may overlap.
    ///
    /// # Panics
    /// If the buffers are too short.
    pub fn forward(&self, level: Level, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        if rows == 0 {
            return;
        }
        assert!(input.len() >= (rows - 1) * stride + self.inputs && output.len() >= rows * self.outputs);
        match level {
            Level::Scalar => self.forward_scalar(input, stride, rows, output),
            // SAFETY: `level` is only made of what the machine has been found to have; buffers were checked above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { self.forward_avx2(input, stride, rows, output) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { self.forward_avx512(input, stride, rows, output) },
        }
    }

    fn forward_scalar(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        for row in 0..rows {
            let input = &input[row * stride..row * stride + self.inputs];
            for panel in 0..self.panels {
                let weights = &self.weights[panel * self.inputs * PANEL..(panel + 1) * self.inputs * PANEL];
                let mut sums = [0.0_f32; PANEL];
                for (input, weights) in input.iter().zip(weights.chunks_exact(PANEL)) {
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum = input.mul_add(*weight, *sum));
                }
                self.finish(&sums, panel, &mut output[row * self.outputs..(row + 1) * self.outputs]);
            }
        }
    }

    /// Adds the bias, takes the largest piece of each unit, and writes as much of the panel as there are outputs.
    #[inline(always)]
    fn finish(&self, sums: &[f32; PANEL], panel: usize, output: &mut [f32]) {
        let Some(bias) = self.bias[panel * PANEL..].first_chunk::<PANEL>() else { return };
        let mut with_bias = [0.0_f32; PANEL];
        for at in 0..PANEL {
            with_bias[at] = sums[at] + bias[at];
        }
        let (all, width) = match self.activation {
            Activation::Linear => (with_bias, PANEL),
            Activation::Maxout => {
                let mut largest = [0.0_f32; PANEL];
                for at in 0..LANES {
                    let (first, second, third) = (with_bias[at], with_bias[at + LANES], with_bias[at + 2 * LANES]);
                    let larger = if second > first { second } else { first };
                    largest[at] = if third > larger { third } else { larger };
                }
                (largest, LANES)
            }
        };
        let output = &mut output[panel * width..];
        // Whole panels are written by whole vectors, since the compiler knows their length.
        match (output.first_chunk_mut::<PANEL>(), self.activation) {
            (Some(output), Activation::Linear) => *output = all,
            _ => match (output.first_chunk_mut::<LANES>(), self.activation) {
                (Some(output), Activation::Maxout) => output.copy_from_slice(&all[..LANES]),
                _ => {
                    let count = output.len().min(width);
                    output[..count].copy_from_slice(&all[..count]);
                }
            },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,fma")]
    unsafe fn forward_avx512(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        // SAFETY: the caller checked the buffers.
        match (rows, self.panels) {
            (1, 2) => return unsafe { self.row_avx512::<2>(input, output) },
            (1, 3) => return unsafe { self.row_avx512::<3>(input, output) },
            _ => {}
        }
        let mut row = 0;
        while row < rows {
            let count = (rows - row).min(8);
            let (input, output) = (&input[row * stride..], &mut output[row * self.outputs..]);
            // SAFETY: the caller checked the buffers; `count` rows are left of them.
            unsafe {
                match count {
                    8 => self.tile_avx512::<8>(input, stride, output),
                    7 => self.tile_avx512::<7>(input, stride, output),
                    6 => self.tile_avx512::<6>(input, stride, output),
                    5 => self.tile_avx512::<5>(input, stride, output),
                    4 => self.tile_avx512::<4>(input, stride, output),
                    3 => self.tile_avx512::<3>(input, stride, output),
                    2 => self.tile_avx512::<2>(input, stride, output),
                    _ => self.tile_avx512::<1>(input, stride, output),
                }
            }
            row += count;
        }
    }

    /// One row, all its panels at once: one chain of sums alone would wait for itself.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,fma")]
    unsafe fn row_avx512<const PANELS: usize>(&self, input: &[f32], output: &mut [f32]) {
        use std::arch::x86_64::*;
        let mut sums = [[_mm512_setzero_ps(); 3]; PANELS];
        for (at, number) in input[..self.inputs].iter().enumerate() {
            let number = _mm512_set1_ps(*number);
            for (panel, sums) in sums.iter_mut().enumerate() {
                let weights = &self.weights[(panel * self.inputs + at) * PANEL..][..PANEL];
                for (part, sum) in sums.iter_mut().enumerate() {
                    // SAFETY: three vectors fit into a panel's numbers.
                    let weights = unsafe { _mm512_loadu_ps(weights.as_ptr().add(part * LANES)) };
                    *sum = _mm512_fmadd_ps(number, weights, *sum);
                }
            }
        }
        for (panel, sums) in sums.iter().enumerate() {
            let mut plain = [0.0_f32; PANEL];
            for (lane, sum) in plain.chunks_exact_mut(LANES).zip(sums) {
                // SAFETY: a chunk has LANES numbers.
                unsafe { _mm512_storeu_ps(lane.as_mut_ptr(), *sum) };
            }
            self.finish(&plain, panel, &mut output[..self.outputs]);
        }
    }

    /// Several rows at once, panel by panel.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,fma")]
    unsafe fn tile_avx512<const ROWS: usize>(&self, input: &[f32], stride: usize, output: &mut [f32]) {
        use std::arch::x86_64::*;
        for panel in 0..self.panels {
            let mut sums = [[_mm512_setzero_ps(); 3]; ROWS];
            let weights = self.weights[panel * self.inputs * PANEL..(panel + 1) * self.inputs * PANEL].as_ptr();
            let from = input.as_ptr();
            for at in 0..self.inputs {
                // SAFETY: `at` is below `inputs`; a panel has PANEL weights for each input, a row at least one number.
                unsafe {
                    let weights = weights.add(at * PANEL);
                    let (first, second) = (_mm512_loadu_ps(weights), _mm512_loadu_ps(weights.add(LANES)));
                    let third = _mm512_loadu_ps(weights.add(2 * LANES));
                    for (row, sums) in sums.iter_mut().enumerate() {
                        let number = _mm512_set1_ps(*from.add(row * stride + at));
                        sums[0] = _mm512_fmadd_ps(number, first, sums[0]);
                        sums[1] = _mm512_fmadd_ps(number, second, sums[1]);
                        sums[2] = _mm512_fmadd_ps(number, third, sums[2]);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                let mut plain = [0.0_f32; PANEL];
                for (lane, sum) in plain.chunks_exact_mut(LANES).zip(sums) {
                    // SAFETY: a chunk has LANES numbers.
                    unsafe { _mm512_storeu_ps(lane.as_mut_ptr(), *sum) };
                }
                self.finish(&plain, panel, &mut output[row * self.outputs..(row + 1) * self.outputs]);
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn forward_avx2(&self, input: &[f32], stride: usize, rows: usize, output: &mut [f32]) {
        let mut row = 0;
        while row < rows {
            let count = (rows - row).min(4);
            let (input, output) = (&input[row * stride..], &mut output[row * self.outputs..]);
            // SAFETY: the caller checked the buffers; `count` rows are left of them.
            unsafe {
                match count {
                    4 => self.tile_avx2::<4>(input, stride, output),
                    3 => self.tile_avx2::<3>(input, stride, output),
                    2 => self.tile_avx2::<2>(input, stride, output),
                    _ => self.tile_avx2::<1>(input, stride, output),
                }
            }
            row += count;
        }
    }

    /// Several rows at once, panel by panel; a panel in two halves, since AVX2 has half as many registers of half the width.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn tile_avx2<const ROWS: usize>(&self, input: &[f32], stride: usize, output: &mut [f32]) {
        use std::arch::x86_64::*;
        for panel in 0..self.panels {
            let mut plain = [[0.0_f32; PANEL]; ROWS];
            for half in [0, LANES / 2] {
                let mut sums = [[_mm256_setzero_ps(); 3]; ROWS];
                let weights = self.weights[panel * self.inputs * PANEL..(panel + 1) * self.inputs * PANEL].as_ptr();
                let from = input.as_ptr();
                for at in 0..self.inputs {
                    // SAFETY: `at` is below `inputs`; a panel has PANEL weights for each input, a row at least one number.
                    unsafe {
                        let weights = weights.add(at * PANEL + half);
                        let (first, second) = (_mm256_loadu_ps(weights), _mm256_loadu_ps(weights.add(LANES)));
                        let third = _mm256_loadu_ps(weights.add(2 * LANES));
                        for (row, sums) in sums.iter_mut().enumerate() {
                            let number = _mm256_set1_ps(*from.add(row * stride + at));
                            sums[0] = _mm256_fmadd_ps(number, first, sums[0]);
                            sums[1] = _mm256_fmadd_ps(number, second, sums[1]);
                            sums[2] = _mm256_fmadd_ps(number, third, sums[2]);
                        }
                    }
                }
                for (plain, sums) in plain.iter_mut().zip(&sums) {
                    for (lane, sum) in plain.chunks_exact_mut(LANES).zip(sums) {
                        // SAFETY: half a chunk is left from `half` on.
                        unsafe { _mm256_storeu_ps(lane[half..].as_mut_ptr(), *sum) };
                    }
                }
            }
            for (row, plain) in plain.iter().enumerate() {
                self.finish(plain, panel, &mut output[row * self.outputs..(row + 1) * self.outputs]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::numbers;

    #[test]
    fn every_kernel_gives_the_bits_of_its_scalar_twin() {
        for (inputs, outputs, rows) in [(288, 96, 19), (96, 64, 8), (64, 106, 1), (7, 5, 3), (96, 50, 11)] {
            let input = numbers(rows * inputs, 1);
            let maxout = Dense::maxout(&numbers(3 * outputs * inputs, 2), &numbers(3 * outputs, 3), inputs);
            let linear = Dense::linear(&numbers(outputs * inputs, 4), &numbers(outputs, 5), inputs);
            for layer in [maxout, linear] {
                let mut expected = vec![0.0; rows * outputs];
                layer.forward(Level::Scalar, &input, inputs, rows, &mut expected);
                for level in Level::all() {
                    let mut output = vec![0.0; rows * outputs];
                    layer.forward(level, &input, inputs, rows, &mut output);
                    assert_eq!(output, expected, "{level:?} {inputs} {outputs} {rows}");
                }
            }
        }
    }

    #[test]
    fn rows_may_overlap() {
        let layer = Dense::linear(&numbers(4 * 6, 1), &numbers(4, 2), 6);
        let input = numbers(12, 3);
        let mut output = vec![0.0; 4 * 4];
        layer.forward(Level::detect(), &input, 2, 4, &mut output);
        let mut one = vec![0.0; 4];
        layer.forward(Level::Scalar, &input[4..10], 6, 1, &mut one);
        assert_eq!(output[8..12], one);
    }
}
