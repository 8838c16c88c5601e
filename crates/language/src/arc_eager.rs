//! The dependency parser: an arc-eager transition system that may take back, and that marks where sentences begin.
//!
//! Nivre 2003, with the non-monotonic moves of Honnibal, Goldberg and Johnson 2013, as spaCy has them.

use crate::file::{ModelError, WeightsFile, wrong};
use crate::kernels::Level;
use crate::labels::Labels;
use crate::parse::Label;
use crate::scorer::{self, Scorer, best_of, runs};
use std::ops::Range;

/// No token.
const NONE: u32 = u32::MAX;
/// Tokens that describe a state.
const PLACES: usize = 8;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The parser.
#[derive(Debug)]
pub(crate) struct Parser {
    /// What scores its moves.
    pub scorer: Scorer,
    moves: Vec<(Action, Label)>,
    runs: Vec<(Action, Range<usize>)>,
    root: Label,
}

/// What the parser finds: for each token its head (itself for a root) and the label of the arc.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Heads.
    pub heads: Vec<u32>,
    /// Labels.
    pub labels: Vec<Label>,
    stack: Vec<u32>,
    rebuffer: Vec<u32>,
    next: u32,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    /// The child that was last attached on either side, and for each child its siblings before and after in that order.
    last: [Vec<u32>; 2],
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Parser {
    pub fn load(file: &WeightsFile, labels: &mut Labels, width: usize) -> Result<Self, ModelError> {
        let name = "parser/moves";
        let mut read = |line: &str| {
            let (letter, label) = line.split_once('\t')?;
            let action = match letter {
                "S" => Action::Shift,
                "D" => Action::Reduce,
                "L" => Action::Left,
                "R" => Action::Right,
                "B" => Action::Break,
                _ => return None,
            };
            Some((action, labels.add(label)))
        };
        let moves: Option<Vec<(Action, Label)>> = file.text(name)?.lines().map(&mut read).collect();
        let moves = moves.ok_or_else(|| wrong(name, "has an unknown move"))?;
        let scorer = Scorer::load(file, "parser", width, PLACES, moves.len())?;
        Ok(Self { scorer, runs: runs(moves.iter().map(|(action, _)| *action)), moves, root: labels.add("ROOT") })
    }

    /// Parses a text whose vectors the scorer has taken.
    pub fn parse(&self, level: Level, tokens: usize, state: &mut State, buffers: &mut scorer::Buffers) {
        state.begin(tokens);
        while !state.is_final() {
            self.scorer.score(level, &state.context(), buffers);
            let valid = state.valid();
            let mut best = None;
            for (action, range) in &self.runs {
                if valid[*action as usize] {
                    best_of(&buffers.scores, range.clone(), &mut best);
                }
            }
            match best {
                Some((_, at)) => state.take(self.moves[at]),
                None => break,
            }
        }
        for at in 0..tokens {
            if state.heads[at] == NONE {
                state.heads[at] = at as u32;
                state.labels[at] = self.root;
            }
        }
    }
}

impl State {
    fn begin(&mut self, tokens: usize) {
        let clear = |list: &mut Vec<u32>| {
            list.clear();
            list.resize(tokens, NONE);
        };
        clear(&mut self.heads);
        clear(&mut self.before);
        clear(&mut self.after);
        self.last.iter_mut().for_each(clear);
        self.labels.clear();
        self.labels.resize(tokens, Label::default());
        for flags in [&mut self.unshiftable, &mut self.starts] {
            flags.clear();
            flags.resize(tokens, false);
        }
        if let Some(first) = self.starts.first_mut() {
            *first = true;
        }
        self.stack.clear();
        self.rebuffer.clear();
        self.next = 0;
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    fn buffered(&self) -> usize {
        self.heads.len() - self.next as usize + self.rebuffer.len()
    }

    /// A token of the stack, from the top.
    fn stacked(&self, at: usize) -> u32 {
        self.stack.len().checked_sub(at + 1).map_or(NONE, |at| self.stack[at])
    }

    /// A token of the buffer, from the front.
    fn buffer(&self, at: usize) -> u32 {
        match self.rebuffer.len().checked_sub(at + 1) {
            Some(at) => self.rebuffer[at],
            None => {
                let token = self.next as usize + at - self.rebuffer.len();
                if token < self.heads.len() { token as u32 } else { NONE }
            }
        }
    }

    /// The child that was last attached on a side: 0 left, 1 right.
    fn child(&self, head: u32, side: usize) -> u32 {
        if head == NONE { NONE } else { self.last[side][head as usize] }
    }

    fn context(&self) -> [u32; PLACES] {
        let (first, top) = (self.buffer(0), self.stacked(0));
        [
            first,
            self.buffer(1),
            top,
            self.stacked(1),
            self.stacked(2),
            self.child(first, 0),
            self.child(top, 0),
            self.child(top, 1),
        ]
    }

    fn starts(&self, token: u32) -> bool {
        token != NONE && self.starts[token as usize]
    }

    /// Which actions may be taken, in the order of [`Action`].
    fn valid(&self) -> [bool; 5] {
        let (empty, buffered) = (self.stack.is_empty(), self.buffered());
        let (first, second) = (self.buffer(0), self.buffer(1));
        let starts = self.starts(first);
        let shift = empty || (buffered >= 2 && !starts && !self.unshiftable[first as usize]);
        let arc = !empty && buffered > 0 && !starts;
        let breaks = buffered >= 2 && second == first + 1 && !self.starts(second);
        [shift, !empty, arc, arc, breaks]
    }

    fn take(&mut self, (action, label): (Action, Label)) {
        let (first, top) = (self.buffer(0), self.stacked(0));
        match action {
            Action::Shift => self.push(),
            Action::Reduce => {
                self.stack.pop();
                // A word without a head goes back, unless it is the last one on the stack.
                if self.heads[top as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[top as usize] = true;
                    self.rebuffer.push(top);
                }
            }
            Action::Left => {
                self.attach(first, top, label);
                self.unshiftable[first as usize] = false;
                self.stack.pop();
            }
            Action::Right => {
                self.attach(top, first, label);
                self.push();
            }
            Action::Break => {
                let second = self.buffer(1);
                self.starts[second as usize] = true;
            }
        }
    }

    fn push(&mut self) {
        let first = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(first);
    }

    fn attach(&mut self, head: u32, child: u32, label: Label) {
        let at = child as usize;
        let old = self.heads[at];
        if old != NONE {
            let (before, after) = (self.before[at], self.after[at]);
            match after {
                NONE => self.last[usize::from(old < child)][old as usize] = before,
                after => self.before[after as usize] = before,
            }
            if before != NONE {
                self.after[before as usize] = after;
            }
        }
        let last = &mut self.last[usize::from(head < child)][head as usize];
        self.before[at] = *last;
        self.after[at] = NONE;
        if *last != NONE {
            self.after[*last as usize] = child;
        }
        *last = child;
        self.heads[at] = head;
        self.labels[at] = label;
    }
}
