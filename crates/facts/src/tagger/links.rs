//! Relations of labelled words: each content is one cue's, each cue has one source or none, a source may be several cues'.

use super::StatementTagger;
use super::lattice::{CHOICES, WordRole, spans};
use super::network::Network;
use super::settings::{TaggerSettings, Traits};
use super::weights::LINKS;
use crate::words::clauses::Clauses;
use std::ops::Range;

/// Who said what by which words: ranges of words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relation {
    pub cue: Range<usize>,
    /// In order, apart from each other, from cue and source.
    pub content: Vec<Range<usize>>,
    pub source: Option<Range<usize>>,
    pub traits: Traits,
}

/// A link is followed where it is likelier than not.
const LIKELY: f32 = 0.5;
/// Fewest words of a content that is found by links alone.
const FEWEST: usize = 2;

impl StatementTagger {
    /// The relations of a block.
    pub fn read(&mut self, network: &Network, settings: &TaggerSettings, clauses: &Clauses) -> Vec<Relation> {
        self.encode(network, clauses);
        self.relations(network, settings, clauses)
    }

    /// Scores the labels of a block's words.
    pub fn encode(&mut self, network: &Network, clauses: &Clauses) {
        self.inputs.fill(clauses, &network.labels, &network.pieces);
        network.encode(&self.inputs, &mut self.work);
    }

    /// The relations of the block that was encoded last.
    pub fn relations(&mut self, network: &Network, settings: &TaggerSettings, clauses: &Clauses) -> Vec<Relation> {
        let mut scores = self.work.scores.clone();
        scores.iter_mut().for_each(|row| row[0] -= settings.eagerness);
        let labels = network.chain.best(&scores);
        let found = spans(&labels);
        let of = |role: WordRole| found.iter().filter(move |(own, _)| *own == role).map(|(_, span)| span.clone());
        let cues: Vec<Range<usize>> = of(WordRole::Cue).collect();
        if cues.is_empty() {
            return Vec::new();
        }
        let (mut forward, mut backward, mut likely) = (Vec::new(), Vec::new(), Vec::new());
        network.chain.likely(&scores, &mut forward, &mut backward, &mut likely);
        network.prepare_links(&mut self.work);
        self.pairing.begin(clauses);
        let mut pairs = Vec::new();
        let links: Vec<Vec<[f32; LINKS]>> = cues
            .iter()
            .map(|cue| {
                self.pairing.fill(clauses, &self.inputs, cue, &mut pairs);
                network.link(cue, &pairs, &self.work)
            })
            .collect();
        let mut contents: Vec<Vec<Range<usize>>> = vec![Vec::new(); cues.len()];
        for content in of(WordRole::Content) {
            let share = |links: &[[f32; LINKS]]| {
                content.clone().map(|word| links[word][1].max(1e-6).ln()).sum::<f32>() / content.len() as f32
            };
            let best = (0..cues.len()).max_by(|a, b| share(&links[*a]).total_cmp(&share(&links[*b])).then(b.cmp(a)));
            let Some(best) = best else { continue };
            if mean(content.clone().map(|word| links[best][word][1])) >= settings.content {
                contents[best].push(content);
            }
        }
        let sources: Vec<Range<usize>> = of(WordRole::Source).collect();
        let mut relations = Vec::new();
        for ((cue, links), mut content) in cues.into_iter().zip(&links).zip(contents) {
            let share = |span: &Range<usize>| mean(span.clone().map(|word| links[word][2]));
            let best = sources.iter().max_by(|a, b| share(a).total_cmp(&share(b)).then(b.start.cmp(&a.start)));
            let mut source = best.filter(|source| share(source) >= settings.source).cloned();
            if content.is_empty() {
                content = runs(labels.len(), |word| links[word][1] > LIKELY && labels[word] == 0);
                content.retain(|run| run.len() >= FEWEST);
            }
            let taken = |word: usize| cue.contains(&word) || content.iter().any(|part| part.contains(&word));
            if source.is_none() {
                source = runs(labels.len(), |word| links[word][2] > LIKELY && !taken(word)).into_iter().next();
            }
            let source = source.map(|source| clauses.trim(source)).filter(|source| !source.is_empty());
            let content = content.into_iter().map(|part| clauses.trim(part)).filter(|part| !part.is_empty());
            let content: Vec<Range<usize>> = content.collect();
            let cue = if clauses.trim(cue.clone()).is_empty() { cue } else { clauses.trim(cue) };
            if content.is_empty() {
                continue;
            }
            let traits = traits(&cue, &content, source.as_ref(), &likely, links);
            relations.push(Relation { cue, content, source, traits });
        }
        relations
    }
}

fn traits(
    cue: &Range<usize>,
    content: &[Range<usize>],
    source: Option<&Range<usize>>,
    likely: &[[f32; CHOICES]],
    links: &[[f32; LINKS]],
) -> Traits {
    let labelled = |word: usize, role: WordRole| likely[word][role.first()] + likely[word][role.first() + 1];
    let least_cue = cue.clone().map(|word| labelled(word, WordRole::Cue)).fold(1.0, f32::min);
    let words = || content.iter().cloned().flatten();
    let inside = mean(words().map(|word| labelled(word, WordRole::Content)));
    let linked = mean(words().map(|word| links[word][1]));
    let sourced = match source {
        Some(source) => mean(source.clone().map(|word| links[word][2])),
        None => 1.0 - links.iter().map(|link| link[2]).fold(0.0, f32::max),
    };
    let odds = |share: f32| (share.clamp(0.003, 0.997) / (1.0 - share.clamp(0.003, 0.997))).ln();
    [odds(least_cue), odds(inside), odds(linked), odds(sourced), if source.is_some() { 1.0 } else { 0.0 }]
}

fn mean(numbers: impl Iterator<Item = f32>) -> f32 {
    let (mut sum, mut count) = (0.0, 0);
    for number in numbers {
        sum += number;
        count += 1;
    }
    sum / count.max(1) as f32
}

/// The runs of words that fit.
fn runs(count: usize, fits: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    Clauses::runs(&(0..count).filter(|word| fits(*word)).collect::<Vec<usize>>())
}
