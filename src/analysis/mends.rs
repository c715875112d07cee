//! Holes from the root up: values that derived facts miss, then owners, then contacts, each with a row that mends it.
//!
//! What a row gives is often for its author to say. Of all that could be offered that is taken which leaves every other
//! row its use.

use std::collections::BTreeSet;

use super::choice::Choice;
use super::effort::Share;
use super::finding::Finding;
use super::offer::Offer;
use super::offers::{Offers, Values};
use super::survey::Survey;
use super::{no_value, redundant, uncovered, unreachable};
use crate::ruleset::Table;

/// Holes of all kinds, each with the rows that mend it.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let said = |offer: &Offer| match offer.fact {
        Some(fact) => no_value::finding(survey, fact, offer),
        None => uncovered::finding(survey, offer),
    };
    offers(survey).told.iter().map(said).collect()
}

/// Whether [`check`] says of some derived fact that it misses a value.
pub fn misses_a_value(survey: &Survey<'_>) -> bool {
    survey.ruleset.facts().iter().any(|fact| fact.derived)
        && offers(survey).told.iter().any(|offer| offer.fact.is_some())
}

/// The rows to offer: of several choices of what each gives, the first that leaves every other row its use.
fn offers<'s, 'a>(survey: &'s Survey<'a>) -> Offers<'s, 'a> {
    let first = Offers::choosing(survey, Choice::First, Values::All);
    if !first.is_mended() || !survey.complete {
        return first;
    }
    let mut before = useless(survey);
    // A contact row that counts only where nobody owns shows in no answer.
    let contacts = survey.ruleset.contact().iter().zip(&survey.contact_shows);
    let silent = contacts.filter(|(_, shows)| !**shows);
    before.extend(silent.map(|(row, _)| (Some(Table::Contact), Some(row.id.clone()))));
    let leaves_use = |offers: &Offers<'_, '_>| {
        let now = Survey::within(&offers.mended, survey.effort, survey.budget_of_variant(Share::Pass));
        now.complete && useless(&now).is_subset(&before)
    };
    // Without steps left nothing more is found out: what is likeliest to be meant is offered then.
    let is_worth_trying = || survey.budget_of_variant(Share::Pass).left() > 0;
    if leaves_use(&first) {
        return first;
    }
    let others = Choice::others(first.rows).take_while(|_| is_worth_trying());
    let others = others.map(|choice| Offers::choosing(survey, choice, Values::All));
    if let Some(other) = others.into_iter().find(leaves_use) {
        return other;
    }
    // Rows that decide only where a fact has no value are the author's word for just that, unless something else that
    // is told misses the value as well.
    let leaves_nothing = |offers: &Offers<'_, '_>| {
        leaves_use(offers) && {
            let now = Survey::within(&offers.mended, survey.effort, survey.budget_of_variant(Share::Pass));
            !offers.is_mended() || self::offers(&now).told.is_empty()
        }
    };
    let spared = Offers::choosing(survey, Choice::First, Values::Told);
    let others = Choice::others(spared.rows).take_while(|_| is_worth_trying());
    let others = others.map(|choice| Offers::choosing(survey, choice, Values::Told));
    std::iter::once(spared).chain(others).find(leaves_nothing).unwrap_or(first)
}

/// The rows that decide nowhere, or that nobody would miss.
fn useless(survey: &Survey<'_>) -> BTreeSet<(Option<Table>, Option<String>)> {
    let (unreachable, _) = unreachable::check(survey);
    let (redundant, _) = redundant::check(survey);
    unreachable.into_iter().chain(redundant).map(|finding| (finding.table, finding.rule)).collect()
}
