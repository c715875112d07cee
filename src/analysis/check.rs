//! All checks of a ruleset, one after the other, on one pass over its states.

use super::effort::Effort;
use super::finding::Finding;
use super::report::{Report, TableCount};
use super::survey::{Decisive, Survey};
use super::{
    accountable, always_passes, dropped, falls, mends, never_matters, no_question, no_source, no_words,
    not_proved, overlap, redundant, typical_out_of_reach, unreachable, unused_fact, unused_role,
};
use crate::ruleset::Ruleset;

/// Checks a ruleset that loads.
pub fn check(ruleset: &Ruleset, effort: Effort) -> Report {
    let survey = Survey::new(ruleset, effort);
    let mut findings = mends::check(&survey);
    let (unreachable, unreached) = unreachable::check(&survey);
    let (redundant, unmissed) = redundant::check(&survey);
    findings.extend(unreachable);
    findings.extend(redundant);
    dropped::check(&survey, &mut findings);
    findings.extend(accountable::check(&survey));
    findings.extend(unused_role::check(&survey));
    findings.extend(unused_fact::check(&survey));
    let never = never_matters::check(&survey, &findings);
    findings.extend(never);
    findings.extend(always_passes::check(&survey));
    findings.extend(no_question::check(&survey));
    findings.extend(no_words::check(&survey));
    findings.extend(no_source::check(&survey));
    findings.extend(typical_out_of_reach::check(&survey));
    let (overlapping, unpaired) = overlap::check(&survey);
    findings.extend(overlapping);
    let (falling, unclaimed) = falls::check(&survey);
    findings.extend(falling);
    findings.extend(not_proved::check(&survey, &unreached, &unmissed, &unpaired, &unclaimed));
    findings.extend(ruleset.notes().iter().map(|note| {
        let finding = Finding::new(note.code, note.span, note.message.clone());
        note.help.iter().fold(finding, |finding, help| finding.help(help.clone()))
    }));
    findings.sort_by_key(|finding| (finding.span, finding.code));
    let count = |decisive: &Decisive, rows: usize| TableCount {
        table: decisive.table,
        rows,
        states: survey.states.clone(),
        uncovered: decisive.uncovered.clone(),
    };
    let tables =
        vec![count(&survey.owner, ruleset.owner().len()), count(&survey.contact, ruleset.contact().len())];
    Report { findings, tables, sources: ruleset.sources().clone() }
}
