//! Named entities: a transition system that opens, goes on with and closes them, one token a move.

use crate::file::{ModelError, WeightsFile, wrong};
use crate::kernels::Level;
use crate::labels::Labels;
use crate::parse::{Entity, Label};
use crate::scorer::{self, Scorer, best_of, runs};
use std::ops::Range;

/// Tokens that describe a state.
const PLACES: usize = 3;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Action {
    Begin,
    In,
    Last,
    Unit,
    Out,
    /// For training only.
    Missing,
}

/// The recogniser of names.
#[derive(Debug)]
pub(crate) struct Names {
    /// What scores its moves.
    pub scorer: Scorer,
    moves: Vec<(Action, Label)>,
    /// Moves in a row that are valid together: for those that begin a name, whatever their label.
    runs: Vec<(Action, Label, Range<usize>)>,
}

impl Names {
    pub fn load(file: &WeightsFile, labels: &mut Labels, width: usize) -> Result<Self, ModelError> {
        let name = "ner/moves";
        let mut read = |line: &str| {
            let (letter, label) = line.split_once('\t')?;
            let action = match letter {
                "B" => Action::Begin,
                "I" => Action::In,
                "L" => Action::Last,
                "U" => Action::Unit,
                "O" => Action::Out,
                "M" => Action::Missing,
                _ => return None,
            };
            Some((action, labels.add(label)))
        };
        let moves: Option<Vec<(Action, Label)>> = file.text(name)?.lines().map(&mut read).collect();
        let moves = moves.ok_or_else(|| wrong(name, "has an unknown move"))?;
        let key = |(action, label): &(Action, Label)| match action {
            Action::Begin | Action::Unit if *label != Label::default() => (*action, Label(u16::MAX)),
            _ => (*action, *label),
        };
        let runs = runs(moves.iter().map(key)).into_iter().map(|((action, label), range)| (action, label, range));
        let runs = runs.collect();
        Ok(Self { scorer: Scorer::load(file, "ner", width, PLACES, moves.len())?, moves, runs })
    }

    /// Finds the names of a text whose vectors the scorer has taken. `is_space` and `starts` say of a token whether it is
    /// white space, and whether a sentence starts with it.
    pub fn find(
        &self,
        level: Level,
        tokens: usize,
        is_space: impl Fn(usize) -> bool,
        starts: impl Fn(usize) -> bool,
        buffers: &mut scorer::Buffers,
    ) -> Vec<Entity> {
        let mut found = Vec::new();
        let mut open: Option<(u32, Label)> = None;
        for at in 0..tokens {
            let token = at as u32;
            let context = match open {
                Some((start, _)) => [token, start, token.wrapping_sub(1)],
                None => [token, u32::MAX, u32::MAX],
            };
            self.scorer.score(level, &context, buffers);
            // A name crosses no sentence, and begins with no white space.
            let goes_on = at + 1 < tokens && !starts(at + 1);
            let space = is_space(at);
            let mut best = None;
            for (action, of, range) in &self.runs {
                let valid = match (action, open) {
                    (Action::Begin, None) => goes_on && !space && *of != Label::default(),
                    (Action::In, Some((_, label))) => goes_on && label == *of,
                    (Action::Last, Some((_, label))) => label == *of,
                    (Action::Unit, None) => !space && *of != Label::default(),
                    (Action::Out, None) => true,
                    _ => false,
                };
                if valid {
                    best_of(&buffers.scores, range.clone(), &mut best);
                }
            }
            let Some((_, best)) = best else { break };
            let (action, label) = self.moves[best];
            match action {
                Action::Begin => open = Some((token, label)),
                Action::Unit => found.push(Entity { tokens: token..token + 1, label }),
                Action::Last => {
                    let (start, label) = open.take().unwrap_or((token, label));
                    found.push(Entity { tokens: start..token + 1, label });
                }
                Action::In | Action::Out | Action::Missing => {}
            }
        }
        found
    }
}
