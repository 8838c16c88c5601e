//! Named entities: a transition system that opens, continues and closes them, one token a move.

use crate::networks::{Scorer, ScorerBuffers, best_of, runs};
use crate::parse::{EntitySpan, LabelId, LabelTable};
use onrecord_tensors::{Level, WeightsError, WeightsFile};
use std::ops::Range;

/// Tokens that describe a state.
const PLACES: usize = 3;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum EntityAction {
    Begin,
    In,
    Last,
    Unit,
    Out,
    /// Used in training only.
    Missing,
}

/// Finds entities.
#[derive(Debug)]
pub(crate) struct EntityRecogniser {
    /// What scores its moves.
    pub scorer: Scorer,
    moves: Vec<(EntityAction, LabelId)>,
    /// Moves in a row that are valid together: those that begin an entity, whatever their label, or those of one label.
    runs: Vec<(EntityAction, LabelId, Range<usize>)>,
}

impl EntityRecogniser {
    pub fn load(file: &WeightsFile, labels: &mut LabelTable, width: usize) -> Result<Self, WeightsError> {
        let name = "ner/moves";
        let mut read = |line: &str| {
            let (letter, label) = line.split_once('\t')?;
            let action = match letter {
                "B" => EntityAction::Begin,
                "I" => EntityAction::In,
                "L" => EntityAction::Last,
                "U" => EntityAction::Unit,
                "O" => EntityAction::Out,
                "M" => EntityAction::Missing,
                _ => return None,
            };
            Some((action, labels.add(label)))
        };
        let moves: Option<Vec<(EntityAction, LabelId)>> = file.text(name)?.lines().map(&mut read).collect();
        let moves = moves.ok_or_else(|| WeightsError::table(name, "has an unknown move"))?;
        let key = |(action, label): &(EntityAction, LabelId)| match action {
            EntityAction::Begin | EntityAction::Unit if *label != LabelId::default() => (*action, LabelId(u16::MAX)),
            _ => (*action, *label),
        };
        let runs = runs(moves.iter().map(key)).into_iter().map(|((action, label), range)| (action, label, range));
        let runs = runs.collect();
        Ok(Self { scorer: Scorer::load(file, "ner", width, PLACES, moves.len())?, moves, runs })
    }

    /// Finds the entities of a text whose vectors the scorer has taken. `is_space` says whether a token is white space,
    /// `starts` whether a sentence starts with it.
    pub fn find(
        &self,
        level: Level,
        tokens: usize,
        is_space: impl Fn(usize) -> bool,
        starts: impl Fn(usize) -> bool,
        buffers: &mut ScorerBuffers,
    ) -> Vec<EntitySpan> {
        let mut found = Vec::new();
        let mut open: Option<(u32, LabelId)> = None;
        for at in 0..tokens {
            let token = at as u32;
            let context = match open {
                Some((start, _)) => [token, start, token.wrapping_sub(1)],
                None => [token, u32::MAX, u32::MAX],
            };
            self.scorer.score(level, &context, buffers);
            // An entity crosses no end of a sentence, and doesn't begin with white space.
            let goes_on = at + 1 < tokens && !starts(at + 1);
            let space = is_space(at);
            let mut best = None;
            for (action, of, range) in &self.runs {
                let valid = match (action, open) {
                    (EntityAction::Begin, None) => goes_on && !space && *of != LabelId::default(),
                    (EntityAction::In, Some((_, label))) => goes_on && label == *of,
                    (EntityAction::Last, Some((_, label))) => label == *of,
                    (EntityAction::Unit, None) => !space && *of != LabelId::default(),
                    (EntityAction::Out, None) => true,
                    _ => false,
                };
                if valid {
                    best_of(&buffers.scores, range.clone(), &mut best);
                }
            }
            let Some((_, best)) = best else { break };
            let (action, label) = self.moves[best];
            match action {
                EntityAction::Begin => open = Some((token, label)),
                EntityAction::Unit => found.push(EntitySpan { tokens: token..token + 1, label }),
                EntityAction::Last => {
                    let (start, label) = open.take().unwrap_or((token, label));
                    found.push(EntitySpan { tokens: start..token + 1, label });
                }
                EntityAction::In | EntityAction::Out | EntityAction::Missing => {}
            }
        }
        found
    }
}
