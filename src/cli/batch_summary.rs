//! The summary of a list as people read it.

use whoowns::clients::Summary;

/// The summary as people read it.
pub fn told(summary: &Summary) -> String {
    let mut lines = vec![format!(
        "{} rows: {} answers, {} rejects, in {:.1} s",
        summary.rows, summary.answers, summary.rejects, summary.seconds
    )];
    let counted = |counts: &mut dyn Iterator<Item = (&str, u64)>| {
        counts.map(|(name, rows)| format!("{name} {rows}")).collect::<Vec<_>>().join(", ")
    };
    let mut add = |what: &str, counts: &mut dyn Iterator<Item = (&str, u64)>| {
        let counts = counted(counts);
        if !counts.is_empty() {
            lines.push(format!("  {what}: {counts}"));
        }
    };
    add("status", &mut summary.statuses.iter().map(|(status, rows)| (*status, *rows)));
    add("owner", &mut summary.owners.iter().map(|count| (count.role.as_str(), count.rows)));
    for (fact, values) in &summary.derived {
        add(fact, &mut values.iter().map(|(value, rows)| (value.as_str(), *rows)));
    }
    for planned in &summary.questions {
        lines.push(format!(
            "  `{}` is the best question for {} rows, and settles {} of them",
            planned.fact, planned.rows, planned.settles
        ));
    }
    lines.extend(detected(summary));
    for (rows, what) in [
        (summary.mended.cut, "had empty cells beyond the header, which were cut"),
        (summary.mended.padded, "stopped short and were filled up"),
    ] {
        if rows > 0 {
            lines.push(format!("  {rows} rows {what}"));
        }
    }
    if let Some(reason) = summary.reject_reasons.first() {
        let advice = reason.advice.map(|advice| format!(": {advice}")).unwrap_or_default();
        lines.push(format!("  {} records rejected with `{}`{advice}", reason.records, reason.reason));
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
