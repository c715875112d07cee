//! Two rulesets over a client list: who changes, from what to what.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;
use serde_json::Value as Json;
use whoowns::Ruleset;
use whoowns::clients::{self, Input, Options, RowOutcome, Silent};
use whoowns::ruleset::RoleId;

/// What changes over a client list.
pub struct Changed {
    /// Rows answered.
    pub rows: u64,
    /// Records that could not be read.
    pub rejects: u64,
    /// The clients whose answer changes, in the order of the list.
    pub clients: Vec<Client>,
}

/// A client whose answer changes.
#[derive(Serialize)]
pub struct Client {
    /// Its place among the rows answered, from 1.
    pub row: u64,
    /// Its name, where the list has a column for it.
    pub name: Option<String>,
    /// The answer by the old ruleset.
    pub from: Answered,
    /// The answer by the new one.
    pub to: Answered,
}

/// What a list says of a client.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Answered {
    /// The status.
    pub status: String,
    /// The role that owns, if there is an answer.
    pub owner: Option<String>,
    /// The contact, if there is an answer.
    pub contact: Option<String>,
}

/// Answers a list by both rulesets, and compares row by row.
pub fn compare(old: &Ruleset, new: &Ruleset, list: &Path) -> anyhow::Result<Changed> {
    let input = match list == Path::new("-") {
        true => Input::Stream(Box::new(io::stdin())),
        false => Input::File(list.to_owned()),
    };
    let compared = clients::compare([old, new], input, &Options::default(), &mut Silent)?;
    let answered = |ruleset: &Ruleset, outcome: &RowOutcome| {
        let id = |role: Option<RoleId>| role.map(|role| ruleset.role(role).id.clone());
        let status = outcome.status.to_owned();
        Answered { status, owner: id(outcome.owner), contact: id(outcome.contact) }
    };
    let clients = compared.changes.into_iter().map(|change| Client {
        row: change.row,
        from: answered(old, &change.from),
        to: answered(new, &change.to),
        name: change.name,
    });
    Ok(Changed { rows: compared.rows, rejects: compared.rejects, clients: clients.collect() })
}

/// The changes as JSON.
pub fn json(changed: &Changed) -> Json {
    serde_json::json!({
        "schema_version": 1,
        "rows": changed.rows,
        "rejects": changed.rejects,
        "changed": changed.clients.len(),
        "changes": changed.clients,
    })
}

/// The changes for people: how many from what to what, then who.
pub fn in_words(changed: &Changed) -> String {
    let mut counts: BTreeMap<(&Answered, &Answered), u64> = BTreeMap::new();
    for client in &changed.clients {
        *counts.entry((&client.from, &client.to)).or_default() += 1;
    }
    let mut text = format!("{} of {} clients change\n", changed.clients.len(), changed.rows);
    if changed.rejects > 0 {
        text.push_str(&format!("{} records could not be read\n", changed.rejects));
    }
    for ((from, to), count) in &counts {
        text.push_str(&format!("\n{} → {}: {count}\n", shown(from), shown(to)));
        for client in changed.clients.iter().filter(|client| (&client.from, &client.to) == (from, to)) {
            let name = client.name.as_deref().unwrap_or("");
            text.push_str(
                &format!("  row {} {}\n", client.row, whoowns::diagnostic::printable(name))
                    .replace(" \n", "\n"),
            );
        }
    }
    text
}

fn shown(answered: &Answered) -> String {
    let Some(owner) = &answered.owner else { return answered.status.clone() };
    let contact = answered.contact.as_deref().filter(|contact| contact != owner);
    let contact = contact.map_or(String::new(), |contact| format!(", contact {contact}"));
    format!("{owner} ({}{contact})", answered.status)
}
