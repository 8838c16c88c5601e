//! Lessons that are computed together: their words one after the other, and how they are walked.

use onrecord_facts::training::{HALF, Lesson, WIDTH};
use std::ops::Range;

/// Lessons, their words in one row.
pub struct Batch<'a> {
    pub lessons: &'a [&'a Lesson],
    /// Where the words of each lesson begin, and at last where those of the last one end.
    pub starts: Vec<usize>,
    /// Words of all lessons.
    pub count: usize,
}

impl<'a> Batch<'a> {
    pub fn new(lessons: &'a [&'a Lesson]) -> Self {
        let mut starts = vec![0];
        let mut count = 0;
        for lesson in lessons {
            count += lesson.labels.len();
            starts.push(count);
        }
        Batch { lessons, starts, count }
    }

    /// Each lesson with the number of its first word.
    pub fn with_starts(&self) -> impl Iterator<Item = (&'a Lesson, usize)> {
        self.lessons.iter().copied().zip(self.starts.iter().copied())
    }

    /// Every word with the one before it, itself and the one after it (0, 1, 2), within lessons.
    pub fn each_neighbour(&self, mut with: impl FnMut(usize, usize, usize)) {
        for lesson in self.starts.windows(2) {
            for word in lesson[0]..lesson[1] {
                if word > lesson[0] {
                    with(word, word - 1, 0);
                }
                with(word, word, 1);
                if word + 1 < lesson[1] {
                    with(word, word + 1, 2);
                }
            }
        }
    }

    /// Every word with the one whose state it takes over and the units that do so, in each direction.
    pub fn each_step(&self, mut with: impl FnMut(usize, Option<usize>, Range<usize>)) {
        for lesson in self.starts.windows(2) {
            for word in lesson[0]..lesson[1] {
                with(word, (word > lesson[0]).then(|| word - 1), 0..HALF);
            }
            for word in (lesson[0]..lesson[1]).rev() {
                with(word, (word + 1 < lesson[1]).then_some(word + 1), HALF..WIDTH);
            }
        }
    }

    /// The same, each direction from its end.
    pub fn each_step_back(&self, mut with: impl FnMut(usize, Option<usize>, Range<usize>)) {
        for lesson in self.starts.windows(2) {
            for word in (lesson[0]..lesson[1]).rev() {
                with(word, (word > lesson[0]).then(|| word - 1), 0..HALF);
            }
            for word in lesson[0]..lesson[1] {
                with(word, (word + 1 < lesson[1]).then_some(word + 1), HALF..WIDTH);
            }
        }
    }
}
