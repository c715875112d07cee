//! The answers that all threads of a run remember together.

use super::row_decision::RowDecision;
use super::shared_answer::SharedAnswer;
use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How many situations are remembered at most.
const MOST: usize = 1 << 17;

/// Answers by the codes of their rows. Most situations of a list are decided as others are: these have one answer, which is put
/// into words once, so that the answers that rows are given over and over are few, and stay near to the processor.
#[derive(Default)]
pub(crate) struct SharedAnswers {
    by_codes: HashMap<Box<[u32]>, Arc<SharedAnswer>>,
    by_decision: HashSet<ByDecision>,
}

/// An answer, found by what it decides.
struct ByDecision(Arc<SharedAnswer>);

impl SharedAnswers {
    /// The answer for rows with these codes, if there was one.
    pub(crate) fn get(&self, codes: &[u32]) -> Option<Arc<SharedAnswer>> {
        self.by_codes.get(codes).cloned()
    }

    /// Remembers what was decided for rows with `codes`; `answer` is asked for the answer if nothing was decided so before.
    pub(crate) fn insert(
        &mut self,
        codes: Box<[u32]>,
        decision: RowDecision,
        answer: impl FnOnce(RowDecision) -> SharedAnswer,
    ) -> Arc<SharedAnswer> {
        if self.by_codes.len() >= MOST {
            *self = SharedAnswers::default();
        }
        let answer = match self.by_decision.get(&decision) {
            Some(ByDecision(same)) => Arc::clone(same),
            None => {
                let answer = Arc::new(answer(decision));
                self.by_decision.insert(ByDecision(Arc::clone(&answer)));
                answer
            }
        };
        self.by_codes.insert(codes, Arc::clone(&answer));
        answer
    }
}

impl Borrow<RowDecision> for ByDecision {
    fn borrow(&self) -> &RowDecision {
        &self.0.decision
    }
}

impl Hash for ByDecision {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.decision.hash(state);
    }
}

impl PartialEq for ByDecision {
    fn eq(&self, other: &ByDecision) -> bool {
        self.0.decision == other.0.decision
    }
}

impl Eq for ByDecision {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::answer::columns::AnswerColumns;
    use crate::ruleset::Ruleset;

    #[test]
    fn what_is_decided_alike_is_said_once() {
        let ruleset = Ruleset::embedded().unwrap();
        let columns = AnswerColumns::none();
        let (mut answers, mut said) = (SharedAnswers::default(), 0);
        let mut insert = |answers: &mut SharedAnswers, code: u32, note: &str| {
            let answer = |decision| {
                said += 1;
                SharedAnswer::new(&ruleset, &columns, None, decision)
            };
            answers.insert([code].into(), RowDecision::wrong(note.to_owned()), answer)
        };
        let [one, same, other] =
            [(1, "a"), (2, "a"), (3, "b")].map(|(code, note)| insert(&mut answers, code, note));
        assert!(Arc::ptr_eq(&one, &same) && !Arc::ptr_eq(&one, &other));
        assert!(Arc::ptr_eq(&answers.get(&[2]).unwrap(), &one));
        assert_eq!(answers.get(&[3]).unwrap().decision.note, "b");
        assert!(answers.get(&[4]).is_none());
        for code in (4..).take(MOST) {
            insert(&mut answers, code, "a");
        }
        assert!(answers.get(&[1]).is_none(), "more than {MOST} situations are remembered");
        assert_eq!(said, 3);
    }
}
