//! What is searched for.

/// What results are.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Articles. Conditions on statements that stand side by side are met by one statement of the article together;
    /// `-said:x` leaves out articles in which anybody says x.
    Articles,
    /// Statements. Words without a field are looked for in what was said and who said it; conditions on articles are met
    /// by the article that the statement stands in.
    Statements,
}

/// The order of results. What is equal in it is ordered by keys that are the same in every archive.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// How well they fit: BM25 over stems, words of the headline counted three times.
    Relevance,
    /// Newest first, by the time of publication; undated ones last. Where no offset is stated, as if it were UTC.
    Time,
}

impl Kind {
    /// Its name on the command line and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Articles => "articles",
            Kind::Statements => "statements",
        }
    }
}

impl Sort {
    /// Its name on the command line and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Time => "time",
        }
    }
}
