//! The codes, each declared once; help, documentation and JSON all read this list.

use std::fmt;

/// Whether a finding stops a ruleset from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Warning,
    /// Wrong.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// What kind of mistake a diagnostic or a finding is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as written in output and on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// The code of this name.
            pub fn named(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// What it means, in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+).trim(),)+ }
            }

            /// Whether it is an error or a warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// The text is no TOML or no JSON.
    Syntax = "syntax", Error;
    /// A key that nothing reads.
    UnknownKey = "unknown-key", Error;
    /// A required key is missing.
    MissingKey = "missing-key", Error;
    /// A value or test of another kind than the fact or key takes.
    WrongKind = "wrong-kind", Error;
    /// A value outside the domain.
    UnknownValue = "unknown-value", Error;
    /// A rule tests or sets a fact that the ruleset does not declare.
    UnknownFact = "unknown-fact", Error;
    /// A rule names a role that the ruleset does not declare.
    UnknownRole = "unknown-role", Error;
    /// `[remove]` names a row that the base does not have.
    UnknownRow = "unknown-row", Error;
    /// Two rows of one table with the same id.
    DuplicateId = "duplicate-id", Error;
    /// A test that no value of the fact can pass, or facts of a profile that exclude each other.
    Contradiction = "contradiction", Error;
    /// A row tests what is not decided before it.
    WrongOrder = "wrong-order", Error;
    /// `extends` names what cannot be read, or comes back to itself.
    Extends = "extends", Error;
    /// A headcount or another number that cannot be read without guessing.
    Unreadable = "unreadable", Error;
    /// A ruleset too entangled to be compiled within the limits.
    TooComplex = "too-complex", Error;
    /// A derived fact applies in a state and no row gives it a value.
    NoValue = "no-value", Error;
    /// A state that no row of a table covers.
    Uncovered = "uncovered", Error;
    /// A row that decides in no state.
    Unreachable = "unreachable", Warning;
    /// A row that decides in some state, but whose removal changes no outcome.
    Redundant = "redundant", Warning;
    /// A state with an owner in which not exactly one role is accountable.
    Accountable = "accountable", Error;
    /// A role that no row names.
    UnusedRole = "unused-role", Warning;
    /// A fact that no row tests.
    UnusedFact = "unused-fact", Warning;
    /// A fact is tested, and no answer depends on it.
    NeverMatters = "never-matters", Warning;
    /// A test that every value passes.
    AlwaysPasses = "always-passes", Warning;
    /// A fact that matters without the words to say it.
    NoWords = "no-words", Warning;
    /// A typical row with `support` and without `source`.
    NoSource = "no-source", Warning;
    /// Two rows hold in one state, though `overlap` is forbidden.
    Overlap = "overlap", Error;
    /// A derived fact goes back as a number grows, though `never_falls` says that it does not.
    Falls = "falls", Error;
    /// A fact without the question to ask for it.
    NoQuestion = "no-question", Warning;
    /// A typical row that can never presume anything.
    TypicalOutOfReach = "typical-out-of-reach", Warning;
    /// A fact narrower than in the base, so that rows of the base fall away.
    Narrowed = "narrowed", Warning;
    /// What could not be settled within the steps allowed.
    NotProved = "not-proved", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
