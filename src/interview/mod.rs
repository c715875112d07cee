//! An interview as a value, with no terminal in it: what is known, the next question, and the way back.
//!
//! It asks in the order in which a decision lists its questions, each fact once, and is over as soon as nothing that is
//! left to ask can change the answer.

mod question;

pub use question::{Choice, Question};

use crate::decision::{Decision, TooEntangled, decide};
use crate::profile::{Given, Profile, Unread, read_text};
use crate::ruleset::{FactId, Ruleset};
use crate::sentences;

/// A fact that was asked for, and what came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The fact.
    pub fact: FactId,
    /// The answer; `None` is "don't know".
    pub answer: Option<Given>,
}

/// A conversation in which facts are asked for one by one.
///
/// ```
/// use whoowns::interview::Interview;
/// use whoowns::{Profile, Ruleset};
///
/// let ruleset = Ruleset::embedded()?;
/// let mut interview = Interview::new(&ruleset, Profile::unknown(&ruleset))?;
/// let asked = interview.question().map(|question| question.fact);
/// interview.decline()?;
/// assert_ne!(interview.question().map(|question| question.fact), asked, "nothing is asked twice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Interview<'a> {
    ruleset: &'a Ruleset,
    start: Profile,
    steps: Vec<Step>,
    decision: Decision,
}

/// Why an answer was not taken; the question stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It cannot be read without guessing.
    #[error("{}", .0.message)]
    Unread(Unread),
    /// It excludes a fact that is given, as this sentence says.
    #[error("{0}")]
    Contradiction(String),
    /// There is no question to answer.
    #[error("there is nothing left to ask")]
    NothingAsked,
    /// The rules cannot be evaluated exactly.
    #[error(transparent)]
    TooEntangled(#[from] TooEntangled),
}

impl<'a> Interview<'a> {
    /// An interview that starts from what is known.
    ///
    /// # Errors
    /// When the rules are too entangled to be evaluated exactly.
    pub fn new(ruleset: &'a Ruleset, start: Profile) -> Result<Interview<'a>, TooEntangled> {
        let decision = decide(ruleset, &start)?;
        Ok(Interview { ruleset, start, steps: Vec::new(), decision })
    }

    /// What is known by now.
    pub fn profile(&self) -> Profile {
        let mut profile = self.start.clone();
        for step in &self.steps {
            if let Some(given) = &step.answer {
                profile.set(step.fact, Some(given.clone()));
            }
        }
        profile
    }

    /// What that decides.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// What was asked so far, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The next question; `None` when nothing that is left to ask can change the answer.
    pub fn question(&self) -> Option<Question> {
        let fact = self.next()?;
        Some(Question::new(fact, self.ruleset.fact(fact)))
    }

    /// Takes an answer as people write it; a spelling of "unknown" counts as [`Interview::decline`].
    ///
    /// # Errors
    /// When it cannot be read, or excludes a fact that is given; the interview is then as before.
    pub fn answer(&mut self, text: &str) -> Result<(), Refused> {
        let fact = self.next().ok_or(Refused::NothingAsked)?;
        let given = read_text(self.ruleset.fact(fact), text).map_err(Refused::Unread)?;
        self.take(Step { fact, answer: given })
    }

    /// "Don't know": the fact is left unknown and not asked for again.
    ///
    /// # Errors
    /// When there is no question.
    pub fn decline(&mut self) -> Result<(), Refused> {
        let fact = self.next().ok_or(Refused::NothingAsked)?;
        self.take(Step { fact, answer: None })
    }

    /// Takes the last answer back; `false` at the beginning.
    ///
    /// # Errors
    /// When the rules are too entangled to be evaluated exactly.
    pub fn back(&mut self) -> Result<bool, TooEntangled> {
        let stepped = self.steps.pop().is_some();
        self.decision = decide(self.ruleset, &self.profile())?;
        Ok(stepped)
    }

    fn next(&self) -> Option<FactId> {
        let asked = |fact: &FactId| self.steps.iter().any(|step| step.fact == *fact);
        self.decision.ask.iter().copied().find(|fact| !asked(fact))
    }

    fn take(&mut self, step: Step) -> Result<(), Refused> {
        self.steps.push(step);
        let profile = self.profile();
        let taken = match profile.contradiction(self.ruleset) {
            Some(found) => {
                Err(Refused::Contradiction(sentences::contradiction(self.ruleset, &profile, found)))
            }
            None => decide(self.ruleset, &profile).map_err(Refused::from),
        };
        match taken {
            Ok(decision) => {
                self.decision = decision;
                Ok(())
            }
            Err(refused) => {
                self.steps.pop();
                Err(refused)
            }
        }
    }
}

#[cfg(test)]
mod tests;
