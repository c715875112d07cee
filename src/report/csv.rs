//! Decisions as a table of one row each.

use crate::decision::Decision;
use crate::ruleset::Ruleset;

const HEADER: [&str; 10] = [
    "name",
    "status",
    "owner",
    "owner_title",
    "contact",
    "contact_title",
    "contact_name",
    "confidence",
    "rule",
    "ask",
];

/// One row a decision, under a header.
pub fn decisions(ruleset: &Ruleset, decisions: &[Decision]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = decisions.iter().map(|decision| row(ruleset, decision));
    for row in std::iter::once(HEADER.map(str::to_owned)).chain(rows) {
        // Writing into memory does not fail.
        if writer.write_record(&row).is_err() {
            break;
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(ruleset: &Ruleset, decision: &Decision) -> [String; 10] {
    let role = |role: Option<_>| role.map(|role| ruleset.role(role));
    let id = |of| role(of).map(|role| role.id.clone()).unwrap_or_default();
    let title = |of| role(of).map(|role| role.title.clone()).unwrap_or_default();
    let person = decision.person.as_ref().map(|found| found.person.name.clone());
    [
        decision.name.clone().unwrap_or_default(),
        decision.status.to_string(),
        id(decision.owner),
        title(decision.owner),
        id(decision.contact),
        title(decision.contact),
        person.unwrap_or_default(),
        decision.confidence.to_string(),
        decision.rules.owner_ids(ruleset).join("|"),
        decision.ask.first().map(|fact| ruleset.fact(*fact).name.clone()).unwrap_or_default(),
    ]
}
