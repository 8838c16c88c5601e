//! The dependency parser: an arc-eager transition system that may change its mind, and that marks where sentences begin.
//!
//! Nivre 2003, with the non-monotonic moves of Honnibal, Goldberg and Johnson 2013, as spaCy has them.

mod chunks;
mod lifted;
mod state;
mod tree;

pub(crate) use chunks::NounChunks;
pub(crate) use lifted::LiftedArcs;
pub(crate) use state::ParserState;
pub(crate) use tree::DependencyTree;

use crate::networks::{Scorer, ScorerBuffers, best_of, runs};
use crate::parse::{LabelId, LabelTable};
use onrecord_tensors::{Level, WeightsError, WeightsFile};
use state::{ArcAction, NONE, PLACES};
use std::ops::Range;

/// Finds the head of each word.
#[derive(Debug)]
pub(crate) struct DependencyParser {
    /// What scores its moves.
    pub scorer: Scorer,
    moves: Vec<(ArcAction, LabelId)>,
    runs: Vec<(ArcAction, Range<usize>)>,
    root: LabelId,
}

impl DependencyParser {
    pub fn load(file: &WeightsFile, labels: &mut LabelTable, width: usize) -> Result<Self, WeightsError> {
        let name = "parser/moves";
        let mut read = |line: &str| {
            let (letter, label) = line.split_once('\t')?;
            let action = match letter {
                "S" => ArcAction::Shift,
                "D" => ArcAction::Reduce,
                "L" => ArcAction::Left,
                "R" => ArcAction::Right,
                "B" => ArcAction::Break,
                _ => return None,
            };
            Some((action, labels.add(label)))
        };
        let moves: Option<Vec<(ArcAction, LabelId)>> = file.text(name)?.lines().map(&mut read).collect();
        let moves = moves.ok_or_else(|| WeightsError::table(name, "has an unknown move"))?;
        let scorer = Scorer::load(file, "parser", width, PLACES, moves.len())?;
        Ok(Self { scorer, runs: runs(moves.iter().map(|(action, _)| *action)), moves, root: labels.add("ROOT") })
    }

    /// Parses a text whose vectors the scorer has taken.
    pub fn parse(&self, level: Level, tokens: usize, state: &mut ParserState, buffers: &mut ScorerBuffers) {
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
