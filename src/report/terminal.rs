//! A decision as a salesperson reads it before a call.

use super::labels;
use super::sheet::{Sheet, Weight};
use crate::decision::{Candidate, Decision, Explained, Standing, Status};
use crate::diagnostic::Style;
use crate::ruleset::{RoleId, Ruleset, Table};
use crate::{sentences, words};

/// How many candidates are shown before "and N more".
const SHOWN: usize = 3;

/// A decision as a page.
pub fn decision(ruleset: &Ruleset, decision: &Decision, style: Style) -> String {
    let mut sheet = Sheet::new(style);
    answer(&mut sheet, ruleset, decision);
    let because = decision.rules.because(ruleset);
    section(&mut sheet, "Why", because.iter().map(|reason| reason.text.to_owned()));
    let presumed = sentences::presumptions(ruleset, &decision.presumed);
    if !presumed.is_empty() {
        sheet.heading("Presumed, because it is typical");
        sheet.paragraph(&words::sentence(&presumed.join("; ")), Weight::Plain);
    }
    if !decision.ask.is_empty() {
        sheet.heading(if decision.status == Status::Presumed { "To be sure, ask" } else { "Ask first" });
        sheet.numbered(decision.ask.iter().map(|fact| sentences::question(ruleset.fact(*fact))));
    }
    candidates(&mut sheet, ruleset, decision);
    flips(&mut sheet, ruleset, decision);
    stakeholders(&mut sheet, ruleset, decision);
    let risks = decision.risks.iter().map(|at| &ruleset.risk()[*at].then);
    section(
        &mut sheet,
        "Risks",
        risks.map(|risk| match &risk.mitigation {
            Some(mitigation) => format!("{}\n→ {mitigation}", risk.text),
            None => risk.text.clone(),
        }),
    );
    actions(&mut sheet, ruleset, decision);
    section(
        &mut sheet,
        "Ask on the first call",
        decision.questions.iter().map(|asked| sentences::first_call(ruleset, asked)),
    );
    section(&mut sheet, "Note", decision.warnings.iter().map(|warning| sentences::warning(ruleset, warning)));
    sheet.finish()
}

fn section(sheet: &mut Sheet, heading: &str, items: impl IntoIterator<Item = String>) {
    let items: Vec<String> = items.into_iter().collect();
    if !items.is_empty() {
        sheet.heading(heading);
        sheet.list(items);
    }
}

fn answer(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    sheet.heading(decision.name.as_deref().unwrap_or(ruleset.title()));
    let label = |text: &str| (text.to_owned(), Weight::Faint);
    let nobody = || ("not settled yet".to_owned(), Weight::Plain);
    let owner = decision.owner.map(|owner| (ruleset.role(owner).title.clone(), Weight::Strong));
    let contact = decision.contact.map(|role| (contact(ruleset, role, decision), Weight::Strong));
    let mut rows = vec![
        vec![label("Owner"), owner.unwrap_or_else(nobody)],
        vec![label("Contact"), contact.unwrap_or_else(nobody)],
        vec![label("Status"), (labels::status(decision.status).to_owned(), Weight::Plain)],
    ];
    if decision.owner.is_some() {
        let mut confidence = labels::confidence(decision.confidence).to_owned();
        if !decision.borderline.is_empty() {
            let near: Vec<&str> =
                decision.borderline.iter().map(|fact| ruleset.fact(*fact).title()).collect();
            confidence.push_str(&format!("; borderline: {}", near.join(", ")));
        }
        rows.push(vec![label("Certainty"), (confidence, Weight::Plain)]);
    }
    let known = decision.facts.iter().map(|(fact, given)| sentences::given(ruleset.fact(*fact), given));
    let known = words::joined(known);
    if !known.is_empty() {
        rows.push(vec![label("Known"), (words::sentence(&known), Weight::Plain)]);
    }
    sheet.columns(rows, &[9]);
}

fn contact(ruleset: &Ruleset, role: RoleId, decision: &Decision) -> String {
    let title = &ruleset.role(role).title;
    let Some(person) = decision.person.as_ref().map(|found| &found.person) else { return title.clone() };
    let about = [Some(title), person.title.as_ref().filter(|own| *own != title)];
    let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
    let email = person.email.as_ref().map(|email| format!(" <{email}>")).unwrap_or_default();
    format!("{}{email}, {}", person.name, about.join("; "))
}

fn candidates(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    let others: Vec<&Candidate> = decision.others().collect();
    if others.is_empty() {
        return;
    }
    sheet.heading(if decision.owner.is_some() { "It would be another if" } else { "Possible answers" });
    sheet.list(others.iter().take(SHOWN).map(|candidate| {
        let outcome = sentences::outcome(ruleset, candidate.outcome);
        format!("{outcome}, {}", sentences::when(ruleset, &candidate.when))
    }));
    if others.len() > SHOWN {
        sheet.paragraph(&format!("and {} more", others.len() - SHOWN), Weight::Faint);
    }
}

fn flips(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    section(
        sheet,
        "What would change the answer",
        decision.flips.iter().map(|flip| {
            let then = match (flip.outcome.owner, flip.outcome.contact) {
                (None, None) => "not settled".to_owned(),
                _ => sentences::outcome(ruleset, flip.outcome),
            };
            format!("If {}: {then}", words::clause_of_value(ruleset.fact(flip.fact), flip.value))
        }),
    );
}

fn stakeholders(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    if decision.stakeholders.is_empty() {
        return;
    }
    sheet.heading("Who has a say");
    let row = |holder: &crate::decision::Stakeholder| {
        vec![
            (holder.raci.as_str().to_owned(), Weight::Strong),
            (ruleset.role(holder.role).title.clone(), Weight::Plain),
            (labels::raci(holder.raci).to_owned(), Weight::Faint),
        ]
    };
    sheet.columns(decision.stakeholders.iter().map(row).collect(), &[2, 44]);
}

fn actions(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision) {
    section(
        sheet,
        "Next steps",
        decision.actions.iter().map(|at| &ruleset.action()[*at].then).map(|action| match action.by {
            Some(by) => format!("{} ({})", action.text, sentences::party(ruleset, decision, by)),
            None => action.text.clone(),
        }),
    );
}

/// An explanation as a page: each table row by row, then what else is possible, then what would flip the answer.
pub fn explanation(ruleset: &Ruleset, decision: &Decision, rows: &[Explained<'_>], style: Style) -> String {
    let mut sheet = Sheet::new(style);
    answer(&mut sheet, ruleset, decision);
    for table in [Table::Derive, Table::Owner, Table::Contact] {
        let mut own = rows.iter().filter(|row| row.table == table).peekable();
        if own.peek().is_none() {
            continue;
        }
        sheet.heading(&format!("Table {table}: the first row that holds decides"));
        sheet.columns(own.map(|row| explained(ruleset, row)).collect(), &[2, 22]);
    }
    sheet.paragraph("✓ holds   ✗ fails   ? not known   → decides", Weight::Faint);
    not_the_others(&mut sheet, ruleset, decision, rows);
    candidates(&mut sheet, ruleset, decision);
    flips(&mut sheet, ruleset, decision);
    sheet.finish()
}

/// For each role that could own and does not: the first test that fails in each of its rows.
fn not_the_others(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision, rows: &[Explained<'_>]) {
    let own: Vec<&Explained<'_>> = rows.iter().filter(|row| row.table == Table::Owner).collect();
    let mut others: Vec<(&str, Vec<String>)> = Vec::new();
    for (row, declared) in own.iter().zip(ruleset.owner()) {
        let role = ruleset.role(declared.then);
        let is_owner = decision.owner == Some(declared.then);
        let still_possible =
            own.iter().zip(ruleset.owner()).any(|(row, other)| other.then == declared.then && row.decides);
        if is_owner || still_possible {
            continue;
        }
        let failing = row.tests.iter().find(|test| test.standing == Standing::Fails);
        let reason = match failing {
            Some(test) => format!("not so that {}", words::clause(ruleset, test.subject, test.test)),
            None => format!("rows above `{}` decide", row.id),
        };
        match others.iter_mut().find(|(title, _)| *title == role.title) {
            Some((_, reasons)) if reasons.contains(&reason) => {}
            Some((_, reasons)) => reasons.push(reason),
            None => others.push((&role.title, vec![reason])),
        }
    }
    section(
        sheet,
        "Why not the others",
        others.into_iter().map(|(title, reasons)| format!("{title}: {}", reasons.join("; "))),
    );
}

fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "✓",
        Standing::Fails => "✗",
        Standing::Open => "?",
    }
}

fn explained(ruleset: &Ruleset, row: &Explained<'_>) -> Vec<(String, Weight)> {
    let tests: Vec<String> = row
        .tests
        .iter()
        .map(|test| format!("{} {}", mark(test.standing), words::clause(ruleset, test.subject, test.test)))
        .collect();
    let mut text = if tests.is_empty() { "✓ always".to_owned() } else { tests.join("   ") };
    let weight = if row.decides { Weight::Strong } else { Weight::Plain };
    if row.decides {
        let basis = labels::basis(row.basis, row.cite);
        if let Some(because) = row.because {
            text.push_str(&format!("\n{because} ({basis})"));
        }
    }
    let reached = row.standing != Standing::Fails && !row.decides;
    let id = if reached { format!("{} (a row above decides)", row.id) } else { row.id.to_owned() };
    let lead = if row.decides { "→" } else { mark(row.standing) };
    vec![(lead.to_owned(), weight), (id, weight), (text, Weight::Plain)]
}
