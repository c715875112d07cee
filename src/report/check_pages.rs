//! What each code means: the pages in `docs/checks`, built in.

use crate::diagnostic::Code;

macro_rules! pages {
    ($($variant:ident = $file:literal;)+) => {
        /// The page of a code, in Markdown.
        pub fn page(code: Code) -> &'static str {
            match code {
                $(Code::$variant => include_str!(concat!("../../docs/checks/", $file)),)+
            }
        }
    };
}

pages! {
    Syntax = "syntax.md";
    UnknownKey = "unknown-key.md";
    MissingKey = "missing-key.md";
    WrongKind = "wrong-kind.md";
    UnknownValue = "unknown-value.md";
    UnknownFact = "unknown-fact.md";
    UnknownRole = "unknown-role.md";
    UnknownRow = "unknown-row.md";
    DuplicateId = "duplicate-id.md";
    Contradiction = "contradiction.md";
    WrongOrder = "wrong-order.md";
    Extends = "extends.md";
    Unreadable = "unreadable.md";
    TooComplex = "too-complex.md";
    NoValue = "no-value.md";
    Uncovered = "uncovered.md";
    Unreachable = "unreachable.md";
    Redundant = "redundant.md";
    Accountable = "accountable.md";
    UnusedRole = "unused-role.md";
    UnusedFact = "unused-fact.md";
    NeverMatters = "never-matters.md";
    AlwaysPasses = "always-passes.md";
    NoWords = "no-words.md";
    NoSource = "no-source.md";
    Overlap = "overlap.md";
    Falls = "falls.md";
    NoQuestion = "no-question.md";
    Narrowed = "narrowed.md";
    TypicalOutOfReach = "typical-out-of-reach.md";
    NotProved = "not-proved.md";
}
