//! A decision as Markdown, for a wiki or a mail.

use super::labels;
use crate::decision::Decision;
use crate::ruleset::Ruleset;
use crate::{sentences, words};

/// A text that Markdown and HTML take as text alone.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => escaped.extend(['\\', letter]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' if begins_entity(&text[at + 1..]) => escaped.push_str("&amp;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Whether what stands behind an `&` would make it an entity.
fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|letter: char| !letter.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// A decision as a page.
pub fn decision(ruleset: &Ruleset, decision: &Decision) -> String {
    let mut page = Page(format!("# {}\n", escape(decision.name.as_deref().unwrap_or(ruleset.title()))));
    let title = |role| ruleset.role(role).title.as_str();
    let owner = decision.owner.map_or("not settled yet", title);
    let contact = match (decision.contact.map(title), &decision.person) {
        (None, _) => "not settled yet".to_owned(),
        (Some(contact), Some(found)) => format!("{}, {contact}", found.person.name),
        (Some(contact), None) => contact.to_owned(),
    };
    page.0.push_str(&format!(
        "\n| | |\n|---|---|\n| Owner | **{}** |\n| Contact | **{}** |\n",
        escape(owner),
        escape(&contact)
    ));
    page.0.push_str(&format!("| Status | {} |\n", escape(labels::status(decision.status))));
    page.0.push_str(&format!("| Certainty | {} |\n", labels::confidence(decision.confidence)));
    let because = decision.rules.because(ruleset);
    page.section("Why", because.iter().map(|reason| reason.text.to_owned()));
    page.section(
        "Presumed, because it is typical",
        sentences::presumptions(ruleset, &decision.presumed).iter().map(|clause| words::sentence(clause)),
    );
    page.section("Ask", decision.ask.iter().map(|fact| sentences::question(ruleset.fact(*fact))));
    if !decision.stakeholders.is_empty() {
        page.0.push_str("\n## Who has a say\n\n| | Role |\n|---|---|\n");
        for holder in &decision.stakeholders {
            page.0.push_str(&format!("| {} | {} |\n", holder.raci.as_str(), escape(title(holder.role))));
        }
    }
    page.section(
        "Risks",
        decision.risks.iter().map(|at| &ruleset.risk()[*at].then).map(|risk| match &risk.mitigation {
            Some(mitigation) => format!("{} → {mitigation}", risk.text),
            None => risk.text.clone(),
        }),
    );
    page.section("Next steps", decision.actions.iter().map(|at| ruleset.action()[*at].then.text.clone()));
    page.section(
        "Ask on the first call",
        decision.questions.iter().map(|asked| sentences::first_call(ruleset, asked)),
    );
    page.section("Note", decision.warnings.iter().map(|warning| sentences::warning(ruleset, warning)));
    page.0.push_str(&format!("\n{} {}, {}\n", escape(ruleset.name()), ruleset.version(), ruleset.digest()));
    page.0
}

struct Page(String);

impl Page {
    fn section(&mut self, heading: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.0.push_str(&format!("\n## {heading}\n\n"));
        }
        for item in items {
            self.0.push_str(&format!("- {}\n", escape(&item)));
        }
    }
}
