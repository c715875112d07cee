//! Findings for other programs: JSON, and SARIF for code scanning.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::check_pages;
use crate::analysis::Report;
use crate::diagnostic::{Code, Mend, Severity};
use crate::source::{Sources, toml_table};

/// What was found in one file.
#[derive(Debug, Clone)]
pub struct CheckedFile {
    /// The name of the file.
    pub name: String,
    /// What was found.
    pub report: Report,
}

/// The findings of several files as JSON.
pub fn check_json(files: &[CheckedFile]) -> Json {
    let mut findings = Vec::new();
    let mut tables = Vec::new();
    for file in files {
        findings.extend(file.report.findings.iter().map(|finding| finding.placed(&file.report.sources)));
        tables.extend(file.report.tables.iter().map(|table| {
            json!({
                "table": table.table.as_str(),
                "rows": table.rows,
                "states": table.states.as_ref().map(ToString::to_string),
                "uncovered": table.uncovered.as_ref().map(ToString::to_string),
                "file": file.name,
            })
        }));
    }
    json!({ "schema_version": 1, "findings": findings, "tables": tables })
}

/// The findings of several files in the Static Analysis Results Interchange Format, version 2.1.0.
pub fn sarif(files: &[CheckedFile]) -> Json {
    let rules: Vec<Json> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let mut results = Vec::new();
    for file in files {
        for finding in &file.report.findings {
            let placed = finding.placed(&file.report.sources);
            let end = file.report.sources.get(finding.span.source).place(finding.span.end);
            let mut text = placed.message.clone();
            for help in &placed.help {
                text.push_str(&format!("; {help}"));
            }
            if let Some(witness) = &placed.witness {
                text.push_str(&format!("\n\nFor example: {}", toml_table(witness)));
            }
            if let (Some(fix), None) = (&placed.fix, &finding.mend) {
                text.push_str(&format!("\n\nThis row would mend it:\n\n{fix}"));
            }
            let mut result = json!({
                "ruleId": placed.code,
                "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
                "level": level(finding.severity),
                "message": { "text": text },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": address(&placed.file) },
                    "region": {
                        "startLine": placed.line,
                        "startColumn": placed.column,
                        "endLine": end.line,
                        "endColumn": end.column,
                    },
                }}],
            });
            if let Some(mend) = &finding.mend {
                result["fixes"] = json!([replacement(&file.report.sources, mend)]);
            }
            results.push(result);
        }
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A mend as code scanning offers it.
fn replacement(sources: &Sources, mend: &Mend) -> Json {
    let source = sources.get(mend.span.source);
    let (start, end) = (source.place(mend.span.start), source.place(mend.span.end));
    json!({
        "description": { "text": format!("write {}", mend.text) },
        "artifactChanges": [{
            "artifactLocation": { "uri": address(source.name()) },
            "replacements": [{
                "deletedRegion": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
                "insertedContent": { "text": mend.text },
            }],
        }],
    })
}

/// A file's name as the relative or absolute reference that RFC 3986 allows: what means something else in an address is
/// percent-encoded, and the first part of a relative one has no colon.
fn address(name: &str) -> String {
    const NOT_IN_A_PATH: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    let name = name.replace('\\', "/");
    let path = utf8_percent_encode(&name, NOT_IN_A_PATH).to_string();
    if name.starts_with('/') { format!("file://{path}") } else { path }
}

fn rule(code: Code) -> Json {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.meaning() },
        "help": { "text": check_pages::page(code), "markdown": check_pages::page(code) },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn every_name_of_a_file_is_an_address() {
        for (name, expected) in [
            ("rules/a.toml", "rules/a.toml"),
            ("our rules/größe 100%.toml", "our%20rules/gr%C3%B6%C3%9Fe%20100%25.toml"),
            ("c:x?y#z.toml", "c%3Ax%3Fy%23z.toml"),
            ("<stdin>", "%3Cstdin%3E"),
            ("/tmp/a b.toml", "file:///tmp/a%20b.toml"),
            (r"rules\a.toml", "rules/a.toml"),
        ] {
            assert_eq!(address(name), expected);
        }
    }
}
