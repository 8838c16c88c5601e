//! The word pieces of a public sentence encoder, with their vectors reduced to the directions in which they differ most.

use super::matrix::{add_product, add_product_turned_left};
use super::model::XorShift;
use onrecord_facts::training::PIECE;
use serde_json::Value;

/// Reads the vocabulary, one piece a line, and a row of [`PIECE`] numbers for each piece.
pub fn read(tokenizer: &[u8], tensors: &[u8]) -> Result<(String, Vec<f32>), Box<dyn std::error::Error>> {
    let tokenizer: Value = serde_json::from_slice(tokenizer)?;
    let entries = tokenizer["model"]["vocab"].as_object().ok_or("the tokenizer has no vocabulary")?;
    let mut vocabulary = vec![""; entries.len()];
    for (piece, number) in entries {
        let number = number.as_u64().and_then(|number| usize::try_from(number).ok());
        *number.and_then(|number| vocabulary.get_mut(number)).ok_or("a piece has no number")? = piece;
    }
    let (length, rest) = tensors.split_first_chunk::<8>().ok_or("the tensors are cut short")?;
    let (header, numbers) =
        rest.split_at_checked(u64::from_le_bytes(*length) as usize).ok_or("the tensors are cut short")?;
    let header: Value = serde_json::from_slice(header)?;
    let named = header.as_object().ok_or("the tensors have no header")?;
    let (_, entry) =
        named.iter().find(|(name, _)| name.ends_with("word_embeddings.weight")).ok_or("there are no word pieces")?;
    let place = |at: usize| entry["data_offsets"][at].as_u64().and_then(|place| usize::try_from(place).ok());
    let (start, end) = place(0).zip(place(1)).ok_or("the word pieces have no place")?;
    let bytes = numbers.get(start..end).ok_or("the tensors are cut short")?;
    if entry["dtype"] != "F32" {
        return Err("the word pieces are not 32-bit numbers".into());
    }
    let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    Ok((vocabulary.join("\n") + "\n", reduce(numbers, vocabulary.len())))
}

/// The principal components of rows, their numbers with variance one on the whole.
fn reduce(mut numbers: Vec<f32>, rows: usize) -> Vec<f32> {
    let width = numbers.len() / rows;
    let mut mean = vec![0.0; width];
    for row in numbers.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(sum, number)| *sum += number / rows as f32);
    }
    for row in numbers.chunks_exact_mut(width) {
        row.iter_mut().zip(&mean).for_each(|(number, mean)| *number -= mean);
    }
    let mut spread = vec![0.0; width * width];
    add_product_turned_left(&numbers, &numbers, rows, width, width, &mut spread);
    // Directions by repeated multiplication, made orthogonal each time.
    let mut random = XorShift(0x9e37_79b9);
    let mut directions: Vec<f32> = (0..width * PIECE).map(|_| random.normal()).collect();
    for _ in 0..60 {
        let mut next = vec![0.0; width * PIECE];
        add_product(&spread, &directions, width, width, PIECE, &mut next);
        let column =
            |matrix: &[f32], at: usize| -> Vec<f32> { (0..width).map(|row| matrix[row * PIECE + at]).collect() };
        for at in 0..PIECE {
            let mut own = column(&next, at);
            for before in 0..at {
                let other = column(&next, before);
                let along: f32 = own.iter().zip(&other).map(|(a, b)| a * b).sum();
                own.iter_mut().zip(&other).for_each(|(number, other)| *number -= along * other);
            }
            let length = own.iter().map(|number| number * number).sum::<f32>().sqrt().max(1e-12);
            (0..width).for_each(|row| next[row * PIECE + at] = own[row] / length);
        }
        directions = next;
    }
    let mut reduced = vec![0.0; rows * PIECE];
    add_product(&numbers, &directions, rows, width, PIECE, &mut reduced);
    let variance = reduced.iter().map(|number| number * number).sum::<f32>() / reduced.len() as f32;
    let scale = 0.5 / variance.sqrt().max(1e-12);
    reduced.iter_mut().for_each(|number| *number *= scale);
    reduced
}
