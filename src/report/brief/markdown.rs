//! The brief as Markdown.

use super::content::Brief;
use crate::report::labels;
use crate::report::markdown::escape;

/// The brief as one Markdown document; pictures are left out, what they show is said in tables.
pub fn markdown(brief: &Brief) -> String {
    let mut page = Page(format!("# {}\n", escape(brief.title())));
    if brief.name.is_some() {
        page.0.push_str(&format!("\n{}\n", escape(&brief.question)));
    }
    page.answer(brief);
    page.bullets(
        "Why",
        brief.because.iter().map(|reason| format!("{} *({})*", escape(&reason.text), escape(&reason.basis))),
    );
    page.table(
        "What we know",
        ["Fact", "Value", "Source"],
        brief
            .known
            .iter()
            .map(|known| [known.question.clone(), known.value.clone(), known.source.as_str().to_owned()]),
    );
    page.bullets("To be sure, ask", brief.ask.iter().map(|text| escape(text)));
    let possible = if brief.owner.is_some() { "What else is possible" } else { "Possible answers" };
    page.bullets(possible, brief.candidates.iter().map(|text| escape(text)));
    page.bullets("What would change the answer", brief.flips.iter().map(|text| escape(text)));
    page.table(
        "Who has a say",
        ["Role", "Person", "Part"],
        brief.holders.iter().map(|holder| {
            let part = format!("{} ({})", labels::raci(holder.raci), holder.raci.as_str());
            [holder.title.clone(), holder.people.join(", "), part]
        }),
    );
    page.table(
        "What could go wrong",
        ["Risk", "What to do"],
        brief.risks.iter().map(|risk| [risk.text.clone(), risk.mitigation.clone().unwrap_or_default()]),
    );
    page.practices(brief);
    page.table(
        "Dates",
        ["When", "What"],
        brief.milestones.iter().map(|milestone| {
            let when = match milestone.to {
                Some(to) => format!("{} to {to}", milestone.from),
                None => milestone.from.to_string(),
            };
            [when, milestone.what.clone()]
        }),
    );
    page.bullets("Questions for the first call", brief.questions.iter().map(|text| escape(text)));
    page.bullets("Please note", brief.warnings.iter().map(|text| escape(text)));
    if let Some(notes) = &brief.notes {
        page.0.push_str("\n## Notes\n\n");
        for line in notes.lines() {
            page.0.push_str(&format!("{}\n", plain_line(line)));
        }
    }
    page.table(
        "Rules used",
        ["Table", "Rule", "Basis"],
        brief.rules.iter().map(|rule| [rule.table.to_owned(), rule.id.clone(), rule.basis.clone()]),
    );
    page.0.push_str(&format!("\nRuleset: {}, {}\n", escape(&brief.ruleset), escape(&brief.digest)));
    page.0
}

/// A line of free text that begins no list, heading or code.
fn plain_line(line: &str) -> String {
    let escaped = escape(line.trim());
    let marked = escaped.starts_with(['-', '+', '=', '>']);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match () {
        () if marked => format!("\\{escaped}"),
        () if digits > 0 && escaped[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &escaped[..digits], &escaped[digits..])
        }
        () => escaped,
    }
}

struct Page(String);

impl Page {
    fn answer(&mut self, brief: &Brief) {
        let open = || "not settled yet".to_owned();
        let contact = match (&brief.person, &brief.contact) {
            (Some(person), Some(role)) => format!("{person}, as “{role}”"),
            (None, Some(role)) => role.clone(),
            _ => open(),
        };
        self.0.push_str("\n| The answer | |\n|---|---|\n");
        let mut row = |label: &str, value: &str| self.0.push_str(&format!("| {label} | {value} |\n"));
        row("Owner", &format!("**{}**", escape(&brief.owner.clone().unwrap_or_else(open))));
        row("Contact", &format!("**{}**", escape(&contact)));
        if let Some(email) = &brief.email {
            row("E-mail", &escape(email));
        }
        row("Status", &format!("{}: {}", brief.status, escape(brief.status_words)));
        row("Confidence", &escape(&brief.confidence));
    }

    /// A section of items that are escaped already.
    fn bullets(&mut self, heading: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().collect();
        if !items.is_empty() {
            self.0.push_str(&format!("\n## {heading}\n\n"));
        }
        for item in items {
            self.0.push_str(&format!("- {item}\n"));
        }
    }

    fn table<const COLUMNS: usize>(
        &mut self,
        heading: &str,
        columns: [&str; COLUMNS],
        rows: impl IntoIterator<Item = [String; COLUMNS]>,
    ) {
        let rows: Vec<[String; COLUMNS]> = rows.into_iter().collect();
        if rows.is_empty() {
            return;
        }
        self.0.push_str(&format!(
            "\n## {heading}\n\n| {} |\n|{}\n",
            columns.join(" | "),
            "---|".repeat(COLUMNS)
        ));
        for row in rows {
            self.0.push_str(&format!("| {} |\n", row.map(|cell| escape(&cell)).join(" | ")));
        }
    }

    fn practices(&mut self, brief: &Brief) {
        if !brief.practices.is_empty() {
            self.0.push_str("\n## What to do\n");
        }
        for practice in &brief.practices {
            self.0.push_str(&format!("\n### {}\n\n", escape(&practice.topic)));
            if let Some(when) = &practice.when {
                self.0.push_str(&format!("When: {}\n\n", escape(when)));
            }
            for step in &practice.steps {
                let by = step.by.as_ref().map(|by| format!(" *({})*", escape(by))).unwrap_or_default();
                self.0.push_str(&format!("- {}{by}\n", escape(&step.text)));
            }
        }
    }
}
