//! An explanation for a terminal: each table row by row, then what else is possible, then what would change the answer.

use super::labels;
use super::sections::Sections;
use super::sheet::{Sheet, Terminal, Weight};
use super::terminal;
use crate::decision::{Explained, Standing};
use crate::ruleset::{Ruleset, Table};
use crate::{decision::Decision, words};

/// The explanation as a page.
pub fn explanation(sections: Sections<'_>, rows: &[Explained<'_>], terminal: Terminal) -> String {
    let Sections { ruleset, decision, .. } = sections;
    let mut sheet = Sheet::new(terminal);
    sheet.heading(decision.name.as_deref().unwrap_or(ruleset.title()));
    terminal::answered(&mut sheet, &sections.answer());
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
    for section in [sections.others(usize::MAX), sections.flips()].into_iter().flatten() {
        terminal::section(&mut sheet, ruleset, &section, terminal);
    }
    facts(&mut sheet, ruleset);
    sheet.finish()
}

/// The names by which `--set` and profiles give the facts, beside what they are called here.
fn facts(sheet: &mut Sheet, ruleset: &Ruleset) {
    sheet.heading("The facts by their names");
    let row = |fact: &crate::ruleset::Fact| {
        let values = fact.values.iter().enumerate().filter(|_| fact.kind == crate::ruleset::Kind::Choice);
        let values = values.map(|(at, value)| match fact.label(at as u32) {
            label if label == value => value.clone(),
            label => format!("{value} ({label})"),
        });
        let values: Vec<String> = values.collect();
        vec![
            (fact.name.clone(), Weight::Plain),
            (fact.title().to_owned(), Weight::Plain),
            (values.join(", "), Weight::Faint),
        ]
    };
    sheet.columns(ruleset.facts().iter().map(row).collect(), &[18, 22]);
}

/// For each role that could own and does not: the first test that fails in each of its rows.
fn not_the_others(sheet: &mut Sheet, ruleset: &Ruleset, decision: &Decision, rows: &[Explained<'_>]) {
    let own: Vec<&Explained<'_>> = rows.iter().filter(|row| row.table == Table::Owner).collect();
    // A role owns only where all of one of its rows holds, so only where one of the tests does that fail now.
    let mut others: Vec<(&str, Vec<String>)> = Vec::new();
    for (row, declared) in own.iter().zip(ruleset.owner()) {
        let role = ruleset.role(declared.then);
        let still_possible =
            own.iter().zip(ruleset.owner()).any(|(row, other)| other.then == declared.then && row.decides);
        if decision.owner == Some(declared.then) || still_possible {
            continue;
        }
        let failing = row.tests.iter().find(|test| test.standing == Standing::Fails);
        let reason = match failing {
            Some(test) => format!("where {}", words::clause(ruleset, test.subject, test.test)),
            None => format!("where no row above `{}` decides", row.id),
        };
        match others.iter_mut().find(|(title, _)| *title == role.title) {
            Some((_, reasons)) if reasons.contains(&reason) => {}
            Some((_, reasons)) => reasons.push(reason),
            None => others.push((&role.title, vec![reason])),
        }
    }
    if !others.is_empty() {
        sheet.heading("Why not the others");
        sheet.list(
            others.into_iter().map(|(title, reasons)| format!("{title}: only {}", reasons.join(", or "))),
        );
    }
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
    if let Some(because) = row.because.filter(|_| row.decides) {
        text.push_str(&format!("\n{because} ({})", labels::basis(row.basis, row.cite)));
    }
    let reached = row.standing != Standing::Fails && !row.decides;
    let id = if reached { format!("{} (a row above decides)", row.id) } else { row.id.to_owned() };
    let lead = if row.decides { "→" } else { mark(row.standing) };
    vec![(lead.to_owned(), weight), (id, weight), (text, Weight::Plain)]
}
