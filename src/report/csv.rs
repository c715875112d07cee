//! Decisions as a table of one row each.

use crate::decision::Decision;

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
pub fn decisions(decisions: &[Decision]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = decisions.iter().map(row);
    for row in std::iter::once(HEADER.map(str::to_owned)).chain(rows) {
        // Writing into memory does not fail.
        if writer.write_record(&row).is_err() {
            break;
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(decision: &Decision) -> [String; 10] {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let contact = decision.contact.as_ref();
    let person = contact.and_then(|contact| contact.person.as_ref());
    [
        text(decision.name.as_ref()),
        decision.status.to_string(),
        text(decision.owner.as_ref().map(|owner| &owner.role)),
        text(decision.owner.as_ref().map(|owner| &owner.title)),
        text(contact.map(|contact| &contact.role)),
        text(contact.map(|contact| &contact.title)),
        text(person.map(|person| &person.name)),
        decision.confidence.to_string(),
        decision.rules.owner.join("|"),
        text(decision.ask.first().map(|ask| &ask.fact)),
    ]
}
