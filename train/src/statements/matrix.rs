//! Products of matrices.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

fn view(numbers: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), &numbers[..rows * columns]).expect("as long as said")
}

/// `to += input × matrix`: rows by inputs, inputs by outputs.
pub fn add_product(input: &[f32], matrix: &[f32], rows: usize, inputs: usize, outputs: usize, to: &mut [f32]) {
    let mut to = ArrayViewMut2::from_shape((rows, outputs), to).expect("as long as said");
    general_mat_mul(1.0, &view(input, rows, inputs), &view(matrix, inputs, outputs), 1.0, &mut to);
}

/// `to += inputᵀ × gradient`: the gradient of the matrix.
pub fn add_product_turned_left(
    input: &[f32],
    gradient: &[f32],
    rows: usize,
    inputs: usize,
    outputs: usize,
    to: &mut [f32],
) {
    let mut to = ArrayViewMut2::from_shape((inputs, outputs), to).expect("as long as said");
    general_mat_mul(1.0, &view(input, rows, inputs).t(), &view(gradient, rows, outputs), 1.0, &mut to);
}

/// `to += gradient × matrixᵀ`: the gradient of the input.
pub fn add_product_turned_right(
    gradient: &[f32],
    matrix: &[f32],
    rows: usize,
    inputs: usize,
    outputs: usize,
    to: &mut [f32],
) {
    let mut to = ArrayViewMut2::from_shape((rows, inputs), to).expect("as long as said");
    general_mat_mul(1.0, &view(gradient, rows, outputs), &view(matrix, inputs, outputs).t(), 1.0, &mut to);
}
