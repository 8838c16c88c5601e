//! One pass of a batch through the network, and the operations that all its parts are made of.

use super::batch::Batch;
use super::parameters::{Dropout, ParameterPlaces};
use super::random::XorShift;
use crate::statements::matrix::{add_product, add_product_turned_left, add_product_turned_right};
use onrecord_facts::training::WIDTH;

/// What a pass is made with.
pub struct BatchPass<'a> {
    pub parameters: &'a [f32],
    pub places: &'a ParameterPlaces,
    pub batch: Batch<'a>,
    pub dropout: Dropout,
}

impl<'a> BatchPass<'a> {
    /// The numbers of a tensor.
    pub fn tensor(&self, at: usize) -> &'a [f32] {
        &self.parameters[self.places.all[at].clone()]
    }

    /// Factors that drop a share of numbers; none where nothing is dropped.
    pub fn drop(&self, random: &mut XorShift, count: usize, share: f32) -> Vec<f32> {
        if self.dropout.on && share > 0.0 { random.drop(count, share) } else { Vec::new() }
    }
}

/// The gradient of all parameters.
pub struct Gradient<'a> {
    pub numbers: &'a mut [f32],
    pub places: &'a ParameterPlaces,
}

impl Gradient<'_> {
    /// The gradient of a tensor.
    pub fn tensor(&mut self, at: usize) -> &mut [f32] {
        &mut self.numbers[self.places.all[at].clone()]
    }

    /// Adds to the gradient of a tensor.
    pub fn add(&mut self, at: usize, numbers: &[f32]) {
        self.tensor(at).iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    }
}

/// A product of rows with the matrix `at`.
#[derive(Copy, Clone)]
pub struct Product {
    pub at: usize,
    pub inputs: usize,
    pub outputs: usize,
}

impl Product {
    /// Adds the products of `rows` rows.
    pub fn forward(self, pass: &BatchPass, input: &[f32], rows: usize, to: &mut [f32]) {
        add_product(input, pass.tensor(self.at), rows, self.inputs, self.outputs, to);
    }

    /// The products of `rows` rows, with the bias that is the tensor `bias`.
    pub fn biased(self, pass: &BatchPass, bias: usize, input: &[f32], rows: usize) -> Vec<f32> {
        let mut all = Vec::with_capacity(rows * self.outputs);
        for _ in 0..rows {
            all.extend_from_slice(pass.tensor(bias));
        }
        self.forward(pass, input, rows, &mut all);
        all
    }

    /// From the gradient of the products (`from`) to that of the matrix and, added to `to`, that of the input.
    pub fn back(
        self,
        pass: &BatchPass,
        gradient: &mut Gradient,
        input: &[f32],
        from: &[f32],
        rows: usize,
        to: &mut [f32],
    ) {
        add_product_turned_left(input, from, rows, self.inputs, self.outputs, gradient.tensor(self.at));
        add_product_turned_right(from, pass.tensor(self.at), rows, self.inputs, self.outputs, to);
    }

    /// The same, and to the gradient of the bias, which is the tensor after the matrix.
    pub fn back_biased(
        self,
        pass: &BatchPass,
        gradient: &mut Gradient,
        input: &[f32],
        from: &[f32],
        rows: usize,
        to: &mut [f32],
    ) {
        add_product_turned_left(input, from, rows, self.inputs, self.outputs, gradient.tensor(self.at));
        add_sums(from, self.outputs, gradient.tensor(self.at + 1));
        add_product_turned_right(from, pass.tensor(self.at), rows, self.inputs, self.outputs, to);
    }
}

/// A layer normalisation whose scale is the tensor `at` and whose shift is the one after it.
pub struct Normalisation {
    at: usize,
    /// Rows before scale and shift.
    normal: Vec<f32>,
    /// The inverse deviation of each row.
    inverse: Vec<f32>,
}

impl Normalisation {
    /// Normalises rows; gives them with scale and shift, too.
    pub fn forward(pass: &BatchPass, at: usize, rows: &[f32]) -> (Self, Vec<f32>) {
        let mut normal = rows.to_vec();
        let inverse = normal
            .chunks_exact_mut(WIDTH)
            .map(|row| {
                let mean = row.iter().sum::<f32>() / WIDTH as f32;
                let variance = row.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() / WIDTH as f32;
                let inverse = 1.0 / (variance + 1e-8).sqrt();
                row.iter_mut().for_each(|number| *number = (*number - mean) * inverse);
                inverse
            })
            .collect();
        let mut scaled = normal.clone();
        for row in scaled.chunks_exact_mut(WIDTH) {
            for ((number, scale), shift) in row.iter_mut().zip(pass.tensor(at)).zip(pass.tensor(at + 1)) {
                *number = *number * scale + shift;
            }
        }
        (Normalisation { at, normal, inverse }, scaled)
    }

    /// From the gradient of the rows that came out to that of scale and shift and, added to `to`, that of the rows that went
    /// in.
    pub fn back(&self, pass: &BatchPass, gradient: &mut Gradient, from: &[f32], to: &mut [f32]) {
        let scale = pass.tensor(self.at);
        let (scales, shifts) = (gradient.places.all[self.at].start, gradient.places.all[self.at + 1].start);
        let mut own = vec![0.0; WIDTH];
        let rows = from.chunks_exact(WIDTH).zip(self.normal.chunks_exact(WIDTH)).zip(&self.inverse);
        for (((from, normal), inverse), to) in rows.zip(to.chunks_exact_mut(WIDTH)) {
            let (mut sum, mut along) = (0.0, 0.0);
            for unit in 0..WIDTH {
                gradient.numbers[scales + unit] += from[unit] * normal[unit];
                gradient.numbers[shifts + unit] += from[unit];
                own[unit] = from[unit] * scale[unit];
                sum += own[unit];
                along += own[unit] * normal[unit];
            }
            let (sum, along) = (sum / WIDTH as f32, along / WIDTH as f32);
            for unit in 0..WIDTH {
                to[unit] += inverse * (own[unit] - sum - normal[unit] * along);
            }
        }
    }
}

/// Multiplies numbers by factors, if there are any.
pub fn times(numbers: &mut [f32], factors: &[f32]) {
    numbers.iter_mut().zip(factors).for_each(|(number, factor)| *number *= factor);
}

/// Replaces every negative number by zero.
pub fn rectify(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = number.max(0.0));
}

/// Back through [`rectify`] and then [`times`]; `numbers` are what came out of both.
pub fn back_rectified(gradient: &mut [f32], numbers: &[f32], factors: &[f32]) {
    for (gradient, number) in gradient.iter_mut().zip(numbers) {
        if *number <= 0.0 {
            *gradient = 0.0;
        }
    }
    times(gradient, factors);
}

/// Adds all rows to one.
pub fn add_sums(rows: &[f32], width: usize, to: &mut [f32]) {
    for row in rows.chunks_exact(width) {
        to.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
}
