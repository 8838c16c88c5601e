//! How documents were read: the last stage, and the versions of all that ran.

use crate::codec::names::interned;
use onrecord_document::Stage;
use onrecord_record::Producers;

/// How documents are read.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The last stage.
    pub until: Stage,
    /// The versions of the stages, as the output names them.
    pub producers: Producers,
}

impl Reading {
    /// The versions as the database has them and as people read them: "article 0.1.0, facts 0.1.0".
    pub(crate) fn versions(&self) -> String {
        let Producers { article, language, facts } = self.producers;
        let stages = [(Stage::Article, article), (Stage::Language, language), (Stage::Facts, facts)];
        let ran = stages.into_iter().filter_map(|(stage, version)| Some(format!("{} {}", stage.name(), version?)));
        ran.collect::<Vec<_>>().join(", ")
    }

    /// A reading out of the database. A last stage that this version doesn't know ran after all that it knows.
    pub(crate) fn restored(until: &str, versions: &str) -> Reading {
        let mut producers = Producers::default();
        for (stage, version) in versions.split(", ").filter_map(|version| version.split_once(' ')) {
            let version = Some(interned(version));
            match Stage::named(stage) {
                Some(Stage::Article) => producers.article = version,
                Some(Stage::Language) => producers.language = version,
                Some(Stage::Facts) => producers.facts = version,
                Some(Stage::Intake) | None => {}
            }
        }
        Reading { until: last_stage(until), producers }
    }
}

/// A last stage by its name in the database.
pub(crate) fn last_stage(name: &str) -> Stage {
    Stage::LAST.into_iter().find(|stage| stage.name() == name).unwrap_or(Stage::Facts)
}
