//! Two rulesets over a client list: who changes, from what to what.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;
use serde_json::Value as Json;
use whoowns::Ruleset;
use whoowns::clients::{self, Input, Kind, Listener, Mapping, Options, Outputs, RejectsTo, Unfinished};

/// What begins the names of the answers, so that they meet no column of the list.
const PREFIX: &str = "whoowns_diff_";
/// The answers that are compared.
const COMPARED: [&str; 3] = ["status", "owner", "contact"];

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
    if list == Path::new("-") {
        bail!("standard input cannot be read twice; write the list to a file first");
    }
    let folder = tempfile::tempdir().context("cannot make a folder for the answers")?;
    let paths = [folder.path().join("old.jsonl"), folder.path().join("new.jsonl")];
    let mut name = Name::default();
    let summary = answer(old, list, &paths[0], &mut name)?;
    answer(new, list, &paths[1], &mut Name::default())?;
    let lines = |path: &Path| -> anyhow::Result<io::Lines<BufReader<File>>> {
        Ok(BufReader::new(File::open(path).context("cannot read the answers")?).lines())
    };
    let mut clients = Vec::new();
    for (row, (before, after)) in lines(&paths[0])?.zip(lines(&paths[1])?).enumerate() {
        let before: Json = serde_json::from_str(&before.context("cannot read the answers")?)?;
        let after: Json = serde_json::from_str(&after.context("cannot read the answers")?)?;
        let (from, to) = (answered(&before), answered(&after));
        if from != to {
            let text = |title: &String| before.get(title).and_then(Json::as_str).map(str::to_owned);
            clients.push(Client { row: row as u64 + 1, name: name.title.as_ref().and_then(text), from, to });
        }
    }
    Ok(Changed { rows: summary.answers, rejects: summary.rejects, clients })
}

fn answer(ruleset: &Ruleset, list: &Path, to: &Path, name: &mut Name) -> anyhow::Result<clients::Summary> {
    let unfinished = Unfinished::default();
    let outputs = Outputs {
        answers: clients::Output::at(to, &unfinished)?,
        rejects: RejectsTo::Stream(Box::new(io::sink())),
        unfinished,
    };
    let options = Options {
        columns: Some(COMPARED.map(str::to_owned).to_vec()),
        prefix: Some(PREFIX.to_owned()),
        output_kind: Some(Kind::JsonLines),
        ..Options::default()
    };
    Ok(clients::run(ruleset, Input::File(list.to_owned()), outputs, &options, name)?)
}

/// Remembers which column has the names.
#[derive(Default)]
struct Name {
    title: Option<String>,
}

impl Listener for Name {
    fn mapped(&mut self, _ruleset: &Ruleset, mapping: &Mapping, titles: &[String]) {
        self.title = mapping.name.and_then(|column| titles.get(column).cloned());
    }
}

fn answered(row: &Json) -> Answered {
    let text =
        |name: &str| row.get(format!("{PREFIX}{name}")).and_then(Json::as_str).unwrap_or_default().to_owned();
    let role = |name: &str| Some(text(name)).filter(|role| !role.is_empty());
    Answered { status: text("status"), owner: role("owner"), contact: role("contact") }
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
