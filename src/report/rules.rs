//! A ruleset's tables as people read them: said once, written for a terminal or as Markdown.

use super::labels;
#[cfg(feature = "cli")]
use super::sheet::Terminal;
#[cfg(feature = "cli")]
use crate::diagnostic::Style;
use crate::diagnostic::printable;
use crate::ruleset::{Basis, Condition, Fact, Kind, Party, Row, Ruleset, Table};
use crate::space::NO_END;
use crate::{sentences, words};

/// A heading with rows under it.
struct Part {
    heading: String,
    /// What the order of the rows means.
    note: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// The ruleset for a terminal.
#[cfg(feature = "cli")]
pub fn terminal(ruleset: &Ruleset, Terminal { style, width }: Terminal) -> String {
    let strong = |text: &str| match style {
        Style::Coloured => format!("\u{1b}[1m{text}\u{1b}[0m"),
        Style::Plain => text.to_owned(),
    };
    let mut text = format!("{}\n{}\n", strong(&printable(ruleset.title())), named(ruleset));
    for part in parts(ruleset) {
        text.push_str(&format!("\n{}{}\n", strong(&part.heading), note(part.note)));
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
        table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
        table.set_width(width);
        table.set_header(part.columns.clone());
        for row in part.rows {
            table.add_row(row.iter().map(|cell| printable(cell).into_owned()));
        }
        text.push_str(&table.to_string());
        text.push('\n');
    }
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The ruleset as Markdown.
pub fn markdown(ruleset: &Ruleset) -> String {
    let cell = |text: &str| printable(text).replace('|', "\\|").replace('\n', " ");
    let mut text = format!("# {}\n\n{}\n", cell(ruleset.title()), cell(&named(ruleset)));
    for part in parts(ruleset) {
        text.push_str(&format!("\n## {}\n\n", part.heading));
        if !part.note.is_empty() {
            text.push_str(&format!("{}.\n\n", words::capital(part.note)));
        }
        text.push_str(&format!("| {} |\n|{}\n", part.columns.join(" | "), "---|".repeat(part.columns.len())));
        for row in part.rows {
            let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    text
}

fn named(ruleset: &Ruleset) -> String {
    format!("{} {}, {}", ruleset.name(), ruleset.version(), ruleset.digest())
}

#[cfg(feature = "cli")]
fn note(note: &str) -> String {
    if note.is_empty() { String::new() } else { format!(" ({note})") }
}

const FIRST: &str = "the first row that holds decides";
const EVERY: &str = "every row that holds counts";

fn parts(ruleset: &Ruleset) -> Vec<Part> {
    let role = |party: Party| match party {
        Party::Role(role) => ruleset.role(role).title.clone(),
        Party::Owner => "the owner".to_owned(),
        Party::Contact => "the contact".to_owned(),
        Party::Vendor => "the vendor".to_owned(),
    };
    let mut parts = vec![facts(ruleset)];
    let mut add = |table: Table, note, columns: &[&'static str], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            let columns = [&["Rule", "When"], columns].concat();
            parts.push(Part { heading: words::capital(table.as_str()), note, columns, rows });
        }
    };
    let derived = |row: &Row<crate::ruleset::Derivation>| {
        let fact = ruleset.fact(row.then.fact);
        vec![words::clause_of_value(fact, row.then.value), basis(row.basis)]
    };
    add(
        Table::Derive,
        "for each fact, the first row that holds",
        &["Then", "Basis"],
        rows(ruleset, ruleset.derive(), derived),
    );
    let appointed = |row: &Row<crate::ruleset::RoleId>| {
        vec![ruleset.role(row.then).title.clone(), basis(row.basis), row.because.clone().unwrap_or_default()]
    };
    add(Table::Owner, FIRST, &["Owner", "Basis", "Because"], rows(ruleset, ruleset.owner(), appointed));
    add(Table::Contact, FIRST, &["Contact", "Basis", "Because"], rows(ruleset, ruleset.contact(), appointed));
    let presumed = |row: &Row<crate::ruleset::Typical>| {
        let set = row.then.set.iter().map(|one| words::clause_of(ruleset.fact(one.fact), &one.test));
        vec![words::joined(set), basis(row.basis), sentences::support_of(row)]
    };
    add(
        Table::Typical,
        "one after the other, for what is not known",
        &["Presumed", "Basis", "How often"],
        rows(ruleset, ruleset.typical(), presumed),
    );
    add(
        Table::Stakeholder,
        EVERY,
        &["Who", "RACI", "One of the few who decide"],
        rows(ruleset, ruleset.stakeholder(), |row| {
            let decides = row.then.core || matches!(row.then.role, Party::Owner | Party::Contact);
            let decides = if decides { "yes" } else { "" };
            vec![role(row.then.role), labels::raci(row.then.raci).to_owned(), decides.to_owned()]
        }),
    );
    add(
        Table::Risk,
        EVERY,
        &["Risk", "What to do"],
        rows(ruleset, ruleset.risk(), |row| {
            vec![row.then.text.clone(), row.then.mitigation.clone().unwrap_or_default()]
        }),
    );
    add(
        Table::Action,
        EVERY,
        &["Who", "What"],
        rows(ruleset, ruleset.action(), |row| {
            vec![row.then.by.map(role).unwrap_or_default(), row.then.text.clone()]
        }),
    );
    add(
        Table::Question,
        EVERY,
        &["Question"],
        rows(ruleset, ruleset.question(), |row| vec![row.then.clone()]),
    );
    add(
        Table::Milestone,
        EVERY,
        &["Date", "What"],
        rows(ruleset, ruleset.milestone(), |row| {
            let until = row.then.until.map(|until| format!(" to {until}")).unwrap_or_default();
            vec![format!("{}{until}", row.then.at), row.then.text.clone()]
        }),
    );
    parts
}

fn rows<Then>(
    ruleset: &Ruleset,
    rows: &[Row<Then>],
    then: impl Fn(&Row<Then>) -> Vec<String>,
) -> Vec<Vec<String>> {
    let row = |row: &Row<Then>| [vec![row.id.clone(), when(ruleset, &row.when)], then(row)].concat();
    rows.iter().map(row).collect()
}

fn when(ruleset: &Ruleset, when: &Condition) -> String {
    words::condition(ruleset, when)
}

fn basis(basis: Basis) -> String {
    basis.as_str().to_owned()
}

fn facts(ruleset: &Ruleset) -> Part {
    let row = |fact: &Fact| {
        let values = match fact.kind {
            Kind::Choice => {
                let labels: Vec<&str> = (0..fact.values.len()).map(|at| fact.label(at as u32)).collect();
                labels.join(", ")
            }
            Kind::Integer | Kind::Set => {
                let numbers = match fact.highest {
                    NO_END => format!("at least {}", words::thousands(fact.lowest)),
                    highest if highest == fact.lowest => words::thousands(highest),
                    highest => format!("{} to {}", words::thousands(fact.lowest), words::thousands(highest)),
                };
                format!("{}, {numbers}", fact.kind)
            }
            Kind::Boolean => "yes or no".to_owned(),
            Kind::Text => "text".to_owned(),
        };
        let question = if fact.derived { "derived".to_owned() } else { fact.ask.clone().unwrap_or_default() };
        let only =
            if fact.only_when.tests.is_empty() { String::new() } else { when(ruleset, &fact.only_when) };
        vec![words::capital(fact.title()), values, words::capital(&only), question]
    };
    Part {
        heading: "Facts".to_owned(),
        note: "",
        columns: vec!["Fact", "Values", "Only when", "Question"],
        rows: ruleset.facts().iter().map(row).collect(),
    }
}
