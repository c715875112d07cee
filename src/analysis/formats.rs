//! Findings for other programs: JSON, and SARIF for code scanning.

use serde_json::{Value as Json, json};

use super::{Report, pages};
use crate::diagnostic::{Code, Severity};

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
                text.push_str(&format!("\n\nFor example: {}", super::toml_table(witness)));
            }
            if let Some(fix) = &placed.fix {
                text.push_str(&format!("\n\nThis row would mend it:\n\n{fix}"));
            }
            results.push(json!({
                "ruleId": placed.code,
                "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
                "level": level(finding.severity),
                "message": { "text": text },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": placed.file.replace('\\', "/") },
                    "region": {
                        "startLine": placed.line,
                        "startColumn": placed.column,
                        "endLine": end.line,
                        "endColumn": end.column,
                    },
                }}],
            }));
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

fn rule(code: Code) -> Json {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.meaning() },
        "help": { "text": pages::page(code), "markdown": pages::page(code) },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
