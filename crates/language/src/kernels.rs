//! The arithmetic: products of rows with weights, in one order of operations on every machine.
//!
//! Every output is a chain of fused multiply-adds over its inputs in order, so the scalar, AVX2 and AVX-512 versions give the
//! same bits. Weights are packed in panels of 48 outputs: three vectors of 16, which are the three pieces of 16 maxout
//! units, or just 48 outputs.

#![allow(unsafe_code, reason = "vector loads and stores; every kernel is held against its scalar twin by a test")]

/// Outputs of a vector, and of a panel.
const LANES: usize = 16;
const PANEL: usize = 3 * LANES;

/// Which instructions are used.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// Plain code.
    Scalar,
    /// AVX2 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best that this machine has.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::Scalar
    }

    /// All that this machine has.
    #[cfg(test)]
    fn all() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                all.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx512f") {
                all.push(Self::Avx512);
            }
        }
        all
    }
}

/// How a layer's outputs are made of its products.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Product and bias.
    Linear,
    /// The largest of three pieces.
    Maxout,
}

/// A layer, its weights packed.
#[derive(Debug)]
pub struct Layer {
    kind: Kind,
    inputs: usize,
    /// Outputs of a row.
    pub outputs: usize,
    panels: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Layer {
    /// A layer of `outputs` rows of weights.
    pub fn linear(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        let order: Vec<Option<usize>> =
            (0..outputs.next_multiple_of(PANEL)).map(|at| (at < outputs).then_some(at)).collect();
        Self::pack(Kind::Linear, weights, bias, inputs, outputs, &order)
    }

    /// A maxout layer of three pieces: the row of unit `o` and piece `p` is `3 * o + p`.
    pub fn maxout(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len() / 3;
        let mut order = Vec::new();
        for first in (0..outputs).step_by(LANES) {
            for piece in 0..3 {
                order.extend((first..first + LANES).map(|unit| (unit < outputs).then_some(3 * unit + piece)));
            }
        }
        Self::pack(Kind::Maxout, weights, bias, inputs, outputs, &order)
    }

    fn pack(kind: Kind, weights: &[f32], bias: &[f32], inputs: usize, outputs: usize, order: &[Option<usize>]) -> Self {
        let panels = order.len() / PANEL;
        let mut packed = Vec::with_capacity(inputs * order.len());
        for panel in order.chunks_exact(PANEL) {
            for input in 0..inputs {
                packed.extend(panel.iter().map(|row| row.map_or(0.0, |row| weights[row * inputs + input])));
            }
        }
        let bias = order.iter().map(|row| row.map_or(0.0, |row| bias[row])).collect();
        Self { kind, inputs, outputs, panels, weights: packed, bias }
    }

    /// Computes rows: row `i` reads the inputs from `i * stride` on, and is written to `i * outputs`.
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

    /// Adds the bias, takes the largest piece, and writes what there is of the panel.
    #[inline(always)]
    fn finish(&self, sums: &[f32; PANEL], panel: usize, output: &mut [f32]) {
        let Some(bias) = self.bias[panel * PANEL..].first_chunk::<PANEL>() else { return };
        let mut with_bias = [0.0_f32; PANEL];
        for at in 0..PANEL {
            with_bias[at] = sums[at] + bias[at];
        }
        let (all, width) = match self.kind {
            Kind::Linear => (with_bias, PANEL),
            Kind::Maxout => {
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
        // Whole panels are written by whole vectors; their lengths are known when this is compiled.
        match (output.first_chunk_mut::<PANEL>(), self.kind) {
            (Some(output), Kind::Linear) => *output = all,
            _ => match (output.first_chunk_mut::<LANES>(), self.kind) {
                (Some(output), Kind::Maxout) => output.copy_from_slice(&all[..LANES]),
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

    /// One row, all of its panels at once: a chain of sums alone would wait for itself.
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

    /// Some rows at once, all panels.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,fma")]
    unsafe fn tile_avx512<const ROWS: usize>(&self, input: &[f32], stride: usize, output: &mut [f32]) {
        use std::arch::x86_64::*;
        for panel in 0..self.panels {
            let mut sums = [[_mm512_setzero_ps(); 3]; ROWS];
            let weights = self.weights[panel * self.inputs * PANEL..(panel + 1) * self.inputs * PANEL].as_ptr();
            let from = input.as_ptr();
            for at in 0..self.inputs {
                // SAFETY: `at` is below `inputs`; a panel has PANEL weights for each, a row at least one number.
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

    /// Some rows at once, all panels; a panel in two halves, since there are half as many registers of half the width.
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
                    // SAFETY: `at` is below `inputs`; a panel has PANEL weights for each, a row at least one number.
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

/// Makes a function that runs the same plain code, compiled for each level.
macro_rules! on_level {
    ($(#[$doc:meta])* $name:ident, $body:ident, $($argument:ident: $type:ty),*) => {
        $(#[$doc])*
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
    /// Layer normalisation of rows, then scale and shift, then adds other rows if there are any; sums go in numpy's order.
    normalise, normalise_plain, rows: &mut [f32], width: usize, scale: &[f32], shift: &[f32], residual: Option<&[f32]>
}

on_level! {
    /// Adds a row to another.
    add, add_plain, to: &mut [f32], row: &[f32]
}

on_level! {
    /// Weighs each row with the rows before and behind it: `neighbours` holds a row of weights for the one before, the row
    /// itself and the one behind.
    mix_neighbours, mix_plain, rows: &[f32], neighbours: &[f32], width: usize, output: &mut [f32]
}

on_level! {
    /// Runs simple recurrent units in both directions and adds what they give to `rows`, of `2 * half` numbers. Rows of
    /// `gates` hold what comes in, what is kept and what is shown, each first for the units that run forward.
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

/// A sum in eight lanes.
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

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn every_kernel_gives_the_bits_of_its_scalar_twin() {
        for (inputs, outputs, rows) in [(288, 96, 19), (96, 64, 8), (64, 106, 1), (7, 5, 3), (96, 50, 11)] {
            let input = numbers(rows * inputs, 1);
            let maxout = Layer::maxout(&numbers(3 * outputs * inputs, 2), &numbers(3 * outputs, 3), inputs);
            let linear = Layer::linear(&numbers(outputs * inputs, 4), &numbers(outputs, 5), inputs);
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
    fn the_exponential_function_is_right_to_five_digits() {
        for at in -800..800 {
            let number = at as f32 / 10.0;
            assert!((exp(number) / number.exp() - 1.0).abs() < 1e-5, "{number}: {}", exp(number));
        }
        assert!((tanh(0.5) - 0.5_f32.tanh()).abs() < 1e-6 && tanh(-40.0) == -1.0 && sigmoid(-200.0) >= 0.0);
    }

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

    #[test]
    fn rows_may_overlap() {
        let layer = Layer::linear(&numbers(4 * 6, 1), &numbers(4, 2), 6);
        let input = numbers(12, 3);
        let mut output = vec![0.0; 4 * 4];
        layer.forward(Level::detect(), &input, 2, 4, &mut output);
        let mut one = vec![0.0; 4];
        layer.forward(Level::Scalar, &input[4..10], 6, 1, &mut one);
        assert_eq!(output[8..12], one);
    }
}
