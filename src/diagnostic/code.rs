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
        formatter.write_str(match self {
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
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
