//! Correcting what was read: the one way for command line, desk and API.

use crate::{Anchor, Annotation, AnnotationId, AnnotationKind, Result, Writer};

impl Writer {
    /// Writes a correction, tag or note, and commits. A verdict replaces an earlier one of the same statement, and so does
    /// another speaker: what it replaces is undone. Saying the same again, where it was not undone, changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`](crate::Error::Unknown) for a tag, note or name that is empty or too long.
    pub fn correct(&mut self, kind: AnnotationKind, anchor: Anchor, value: &str, author: &str) -> Result<AnnotationId> {
        self.replace_others(kind, &anchor, value)?;
        // Commits what was undone, too.
        let id = self.annotate(kind, anchor, value, author)?;
        self.commit()?;
        Ok(id)
    }

    /// As [`Writer::correct`] does, but a verdict or speaker that is given again is taken back: what a button does that
    /// shows whether it is pressed. `None` where it was taken back.
    pub fn toggle(
        &mut self,
        kind: AnnotationKind,
        anchor: Anchor,
        value: &str,
        author: &str,
    ) -> Result<Option<AnnotationId>> {
        let (same, _) = self.replaced(kind, &anchor, value)?;
        if same.is_empty() {
            return self.correct(kind, anchor, value, author).map(Some);
        }
        self.replace_others(kind, &anchor, value)?;
        same.iter().try_for_each(|same| self.undo(same.id))?;
        Ok(None)
    }

    fn replace_others(&mut self, kind: AnnotationKind, anchor: &Anchor, value: &str) -> Result<()> {
        let (_, others) = self.replaced(kind, anchor, value)?;
        others.iter().try_for_each(|other| self.undo_uncommitted(other.id))
    }

    /// What a correction takes the place of: those that say the same, and the others.
    fn replaced(
        &self,
        kind: AnnotationKind,
        anchor: &Anchor,
        value: &str,
    ) -> Result<(Vec<Annotation>, Vec<Annotation>)> {
        let mut before = self.archive().annotations(Some(anchor.page), false)?;
        before.retain(|old| old.anchor == *anchor && replaces(kind, old.kind));
        Ok(before.into_iter().partition(|old| old.kind == kind && old.value == value.trim()))
    }
}

/// Whether one kind takes the place of another. Notes, tags and names of one person stand beside each other.
fn replaces(kind: AnnotationKind, other: AnnotationKind) -> bool {
    use AnnotationKind::{Right, Speaker, Wrong};
    matches!((kind, other), (Right | Wrong, Right | Wrong) | (Speaker, Speaker))
}
