//! What a page can ask for.

use serde::Deserialize;
use serde_json::json;
use whoowns::Ruleset;

use crate::answer::{Answer, Named, Refusal, said};
use crate::{lists, profiles, rules};

/// One question of a page.
#[derive(Debug, Deserialize)]
#[serde(tag = "call", rename_all = "snake_case")]
enum Call {
    /// What the page shows of a ruleset: its facts, its roles, its digest.
    Rules,
    /// A profile that was opened.
    Open(Named),
    /// Everything that is said about one organization.
    Decide(profiles::Asked),
    /// People from a table that was pasted.
    People { text: String },
    /// The brief of one organization, to print and to download.
    Brief(profiles::Brief),
    /// What a client list is, before it is answered; the list stands behind the question.
    Look(lists::Asked),
    /// A client list, answered; the list stands behind the question.
    List(lists::Asked),
    /// What can be proved of a rule file, and what differs from the rules in use.
    Check(Named),
}

/// A question: the call, and the ruleset to answer it by, without which it is the built-in one.
#[derive(Debug, Deserialize)]
struct Question {
    rules: Option<Named>,
    #[serde(flatten)]
    call: Call,
}

/// Answers a question: a line of JSON and bytes behind it, both ways.
pub fn respond(question: &[u8]) -> Vec<u8> {
    let end = question.iter().position(|byte| *byte == b'\n').unwrap_or(question.len());
    let (line, bytes) = question.split_at(end);
    let (json, bytes) = match asked(line, bytes.get(1..).unwrap_or_default()) {
        Ok((json, bytes)) => (json!({ "said": json }), bytes),
        Err(Refusal(text)) => (json!({ "refused": text }), Vec::new()),
    };
    let mut answer = json.to_string().into_bytes();
    answer.push(b'\n');
    answer.extend_from_slice(&bytes);
    answer
}

fn asked(line: &[u8], bytes: &[u8]) -> Answer {
    let Question { rules, call } = serde_json::from_slice(line).map_err(said)?;
    let ruleset = loaded(rules.as_ref())?;
    match call {
        Call::Rules => rules::shown(&ruleset),
        Call::Open(profile) => profiles::open(&ruleset, profile),
        Call::Decide(asked) => profiles::decide(&ruleset, &asked),
        Call::People { text } => profiles::pasted(&ruleset, &text),
        Call::Brief(asked) => profiles::brief(&ruleset, &asked),
        Call::Look(asked) => lists::looked_at(&ruleset, &asked, bytes),
        Call::List(asked) => lists::answered(&ruleset, &asked, bytes),
        Call::Check(text) => rules::check(&ruleset, &text),
    }
}

thread_local! {
    /// The ruleset of the question before, which is most often that of the next one.
    static LAST: std::cell::RefCell<Option<(Option<Named>, std::rc::Rc<Ruleset>)>> =
        const { std::cell::RefCell::new(None) };
}

fn loaded(rules: Option<&Named>) -> Result<std::rc::Rc<Ruleset>, Refusal> {
    let same = LAST.with_borrow(|last| {
        last.as_ref().filter(|(named, _)| named.as_ref() == rules).map(|(_, ruleset)| ruleset.clone())
    });
    if let Some(ruleset) = same {
        return Ok(ruleset);
    }
    let ruleset = std::rc::Rc::new(match rules {
        None => Ruleset::embedded()?,
        Some(Named { name, text }) => rules::named(name, text)?,
    });
    LAST.set(Some((rules.cloned(), ruleset.clone())));
    Ok(ruleset)
}
