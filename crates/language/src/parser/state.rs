//! The state of the arc-eager transition system, and what its moves do to it.

use crate::parse::LabelId;

/// No token.
pub(super) const NONE: u32 = u32::MAX;
/// Tokens that describe a state.
pub(super) const PLACES: usize = 8;

/// What a move does.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum ArcAction {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// What the parser has found so far. At the end: for each token its head (a root's is itself) and the label of the arc.
#[derive(Debug, Default)]
pub(crate) struct ParserState {
    /// Head of each token.
    pub heads: Vec<u32>,
    /// LabelTable.
    pub labels: Vec<LabelId>,
    stack: Vec<u32>,
    rebuffer: Vec<u32>,
    next: u32,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    /// The child that was attached last on either side; and for each child its siblings, in the order of attachment.
    last: [Vec<u32>; 2],
    before: Vec<u32>,
    after: Vec<u32>,
}

impl ParserState {
    pub(super) fn begin(&mut self, tokens: usize) {
        let clear = |list: &mut Vec<u32>| {
            list.clear();
            list.resize(tokens, NONE);
        };
        clear(&mut self.heads);
        clear(&mut self.before);
        clear(&mut self.after);
        self.last.iter_mut().for_each(clear);
        self.labels.clear();
        self.labels.resize(tokens, LabelId::default());
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

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    fn buffered(&self) -> usize {
        self.heads.len() - self.next as usize + self.rebuffer.len()
    }

    /// The token at a depth of the stack, or [`NONE`].
    fn stacked(&self, at: usize) -> u32 {
        self.stack.len().checked_sub(at + 1).map_or(NONE, |at| self.stack[at])
    }

    /// The token at a place of the buffer, or [`NONE`].
    fn buffer(&self, at: usize) -> u32 {
        match self.rebuffer.len().checked_sub(at + 1) {
            Some(at) => self.rebuffer[at],
            None => {
                let token = self.next as usize + at - self.rebuffer.len();
                if token < self.heads.len() { token as u32 } else { NONE }
            }
        }
    }

    /// The child that was attached last on a side (0 left, 1 right), or [`NONE`].
    fn child(&self, head: u32, side: usize) -> u32 {
        if head == NONE { NONE } else { self.last[side][head as usize] }
    }

    pub(super) fn context(&self) -> [u32; PLACES] {
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

    /// Which actions are allowed, in the order of [`ArcAction`].
    pub(super) fn valid(&self) -> [bool; 5] {
        let (empty, buffered) = (self.stack.is_empty(), self.buffered());
        let (first, second) = (self.buffer(0), self.buffer(1));
        let starts = self.starts(first);
        let shift = empty || (buffered >= 2 && !starts && !self.unshiftable[first as usize]);
        let arc = !empty && buffered > 0 && !starts;
        let breaks = buffered >= 2 && second == first + 1 && !self.starts(second);
        [shift, !empty, arc, arc, breaks]
    }

    pub(super) fn take(&mut self, (action, label): (ArcAction, LabelId)) {
        let (first, top) = (self.buffer(0), self.stacked(0));
        match action {
            ArcAction::Shift => self.push(),
            ArcAction::Reduce => {
                self.stack.pop();
                // A word without a head goes back, unless it is the last one on the stack.
                if self.heads[top as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[top as usize] = true;
                    self.rebuffer.push(top);
                }
            }
            ArcAction::Left => {
                self.attach(first, top, label);
                self.unshiftable[first as usize] = false;
                self.stack.pop();
            }
            ArcAction::Right => {
                self.attach(top, first, label);
                self.push();
            }
            ArcAction::Break => {
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

    fn attach(&mut self, head: u32, child: u32, label: LabelId) {
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
