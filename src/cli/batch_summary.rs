//! The summary of a list as people read it.

use whoowns::Ruleset;
use whoowns::clients::Summary;

/// The summary as people read it, in the ruleset's words.
pub fn told(ruleset: &Ruleset, summary: &Summary) -> String {
    let mut lines = vec![format!(
        "{}: {}, {}, in {:.1} s",
        counted(summary.rows, "row"),
        counted(summary.answers, "answer"),
        counted(summary.rejects, "reject"),
        summary.seconds
    )];
    let mut add = |what: &str, counts: Vec<String>, joint: &str| {
        if !counts.is_empty() {
            lines.push(format!("  {what}: {}", counts.join(joint)));
        }
    };
    let statuses = summary.statuses.iter().map(|(status, rows)| format!("{status} {rows}"));
    add("status", statuses.collect(), ", ");
    // The title of a role may have a comma in it.
    let owners = summary.owners.iter().map(|count| format!("{} {}", count.title, count.rows));
    add("owner", owners.collect(), "; ");
    for (name, counts) in &summary.derived {
        let Some(fact) = ruleset.fact_named(name).map(|fact| ruleset.fact(fact)) else { continue };
        let count =
            |(value, at): (&String, u32)| counts.get(value).map(|rows| format!("{} {rows}", fact.label(at)));
        add(fact.title(), fact.values.iter().zip(0..).filter_map(count).collect(), "; ");
    }
    for planned in &summary.questions {
        let rows = counted(planned.rows, "row");
        lines.push(format!(
            "  best question for {rows}, sure to settle {}: {} (`{}`)",
            planned.settles, planned.question, planned.fact
        ));
    }
    lines.extend(detected(summary));
    for (rows, what) in [
        (summary.mended.cut, "had empty cells beyond the header, which were cut"),
        (summary.mended.padded, "stopped short, which was filled up"),
    ] {
        match rows {
            0 => {}
            1 => lines.push(format!("  1 row {what}")),
            _ => lines.push(format!("  {rows} rows {what}")),
        }
    }
    if let Some(reason) = summary.reject_reasons.first() {
        let advice = reason.advice.map(|advice| format!(": {advice}")).unwrap_or_default();
        let records = if reason.records == 1 { "record" } else { "records" };
        lines.push(format!("  {} {records} rejected with `{}`{advice}", reason.records, reason.reason));
    }
    if let Some(changes) = &summary.changes {
        let counts = [
            ("new", changes.new),
            ("another owner", changes.owner),
            ("another contact", changes.contact),
            ("another status", changes.status),
            ("the same", changes.same),
            ("gone", changes.gone),
        ];
        let each = counts.iter().filter(|(_, rows)| *rows > 0).map(|(what, rows)| format!("{what} {rows}"));
        lines.push(format!("  since the earlier output: {}", each.collect::<Vec<_>>().join(", ")));
    }
    lines.join("\n")
}

/// What the list was read as.
fn detected(summary: &Summary) -> Option<String> {
    let detected = &summary.detected;
    let header = detected.header_line.map(|line| format!("header in line {line}"));
    let sheet = detected.sheet.as_ref().map(|sheet| format!("sheet `{sheet}`"));
    let separator = detected.separator.as_ref().map(|separator| format!("separator `{separator}`"));
    let parts = [Some(detected.kind.to_owned()), detected.encoding.clone(), separator, sheet, header];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!detected.kind.is_empty()).then(|| format!("  read as: {}", parts.join(", ")))
}

/// So many of something: "1 row", "2 rows".
fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
