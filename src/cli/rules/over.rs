//! Two rulesets over a client list: who changes, from what to what.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use whoowns::clients::{self, Input, Options, RowOutcome, Silent};
use whoowns::ruleset::RoleId;
use whoowns::{Ruleset, sentences};

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
pub fn compare(old: &Ruleset, new: &Ruleset, list: Input, options: &Options) -> anyhow::Result<Changed> {
    let compared = clients::compare([old, new], list, options, &mut Silent)?;
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

/// The changes for people: how many from what to what, then who; roles by the titles that the first ruleset with such a
/// role gives them.
pub fn in_words(changed: &Changed, rulesets: [&Ruleset; 2]) -> String {
    let mut groups: BTreeMap<(&Answered, &Answered), Vec<&Client>> = BTreeMap::new();
    for client in &changed.clients {
        groups.entry((&client.from, &client.to)).or_default().push(client);
    }
    let verb = if changed.clients.len() == 1 { "changes" } else { "change" };
    let mut text = format!("{} of {} clients {verb}\n", changed.clients.len(), changed.rows);
    match changed.rejects {
        0 => {}
        1 => text.push_str("1 record could not be read\n"),
        more => text.push_str(&format!("{more} records could not be read\n")),
    }
    for ((from, to), clients) in groups {
        let [from, to] = [from, to].map(|one| shown(one, rulesets));
        text.push_str(&format!("\n{from} → {to}: {}\n", clients.len()));
        for client in clients {
            let name = client.name.as_deref().map(whoowns::diagnostic::printable).unwrap_or_default();
            text.push_str(format!("  row {} {name}", client.row).trim_end());
            text.push('\n');
        }
    }
    text
}

fn shown(answered: &Answered, rulesets: [&Ruleset; 2]) -> String {
    let Answered { status, owner, contact } = answered;
    if owner.is_none() {
        return status.clone();
    }
    format!("{}, {status}", sentences::titled(rulesets, [owner, contact]))
}
