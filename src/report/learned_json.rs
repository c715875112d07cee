//! What was learned, as JSON; `learned_schema` is the schema of it.

use serde_json::{Value as Json, json};

use super::learned::{ended, toml};
use crate::analysis::Finding;
use crate::analysis::diff::Difference;
use crate::clients::Gathered;
use crate::diagnostic::Severity;
use crate::learning::{Changed, Effort, Ended, Family, Learned, Proposal, TypicalSeen};
use crate::ruleset::{RoleId, Ruleset};

/// What a proposal makes of the rules: where they differ then from those before, and what a check finds in them.
#[derive(Debug)]
pub struct Made {
    /// Where they differ.
    pub difference: Difference,
    /// What a check finds.
    pub findings: Vec<Finding>,
}

/// All of it as one object; `made` has what each proposal makes of the rules, and `source` says from what it was learned.
pub fn json(
    ruleset: &Ruleset,
    (learned, effort): (&Learned, &Effort),
    gathered: &Gathered,
    made: &[Made],
    source: &str,
) -> Json {
    let row = |(proposal, made): (&Proposal, &Made)| {
        let mut row = proposed(ruleset, proposal, source);
        row["diff"] = json!(made.difference.changes);
        row["check"] = made.findings.iter().map(finding).collect();
        row
    };
    let best = match &learned.ended {
        Ended::Chance(best) | Ended::NotShown(best) | Ended::Error(best, _) => {
            proposed(ruleset, best, source)
        }
        Ended::Enough | Ended::NothingBetter | Ended::TooFew { .. } | Ended::OneOwner(_) => Json::Null,
    };
    json!({
        "schema_version": 1,
        "ruleset": used(ruleset),
        "rows": learned.rows,
        "right": learned.right,
        "contradictory": learned.contradictory,
        "uncounted": learned.unmoved,
        "invalid": gathered.invalid,
        "rejects": gathered.rejects,
        "facts": learned.facts.iter().map(|fact| &ruleset.fact(*fact).name).collect::<Vec<_>>(),
        "tests": effort.tests,
        "p": effort.chance,
        "tried": Family::ALL.iter().map(|family| json!({
            "conditions": family.as_str(),
            "count": learned.tries.count(*family),
            "factor": learned.tries.factor(*family),
        })).collect::<Vec<_>>(),
        "proposals": learned.proposals.iter().zip(made).map(row).collect::<Vec<_>>(),
        "ended": {
            "because": why(&learned.ended),
            "text": ended(ruleset, learned),
            "best": best,
        },
    })
}

/// What rows show of presumptions, as one object.
pub fn typical_json(ruleset: &Ruleset, seen: &TypicalSeen) -> Json {
    json!({
        "schema_version": 1,
        "ruleset": used(ruleset),
        "typical": seen.rows,
        "stretches": seen.stretches,
    })
}

fn used(ruleset: &Ruleset) -> Json {
    json!({ "name": ruleset.name(), "version": ruleset.version().to_string(), "digest": ruleset.digest() })
}

fn proposed(ruleset: &Ruleset, proposal: &Proposal, source: &str) -> Json {
    json!({
        "id": proposal.row.id,
        "when": proposal.when,
        "role": ruleset.role(proposal.row.then).id,
        "fixes": changed(ruleset, &proposal.fixes),
        "breaks": changed(ruleset, &proposal.breaks),
        "chance": proposal.chance.probability(),
        "corrected_for": proposal.family.as_str(),
        "held_out": proposal.validated,
        "is_best": proposal.is_best,
        "is_exhaustive": proposal.is_exhaustive,
        "toml": toml(ruleset, proposal, source),
    })
}

fn changed(ruleset: &Ruleset, changed: &Changed) -> Json {
    let id = |role: Option<RoleId>| role.map(|role| &ruleset.role(role).id);
    let example = |example: &crate::learning::Example| {
        json!({
            "name": if example.name.is_empty() { None } else { Some(&example.name) },
            "actual": id(example.actual),
            "before": id(example.before),
            "after": id(example.after),
        })
    };
    json!({
        "rows": changed.rows,
        "open": changed.open,
        "examples": changed.examples.iter().map(example).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Json {
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    json!({
        "code": finding.code.as_str(),
        "severity": severity,
        "message": finding.message,
        "rule": finding.rule,
    })
}

/// Why there are no more proposals, each with its name.
fn why(ended: &Ended) -> &'static str {
    match ended {
        Ended::Enough => "enough",
        Ended::NothingBetter => "nothing-better",
        Ended::TooFew { .. } => "too-few",
        Ended::OneOwner(_) => "one-owner",
        Ended::Chance(_) => "chance",
        Ended::NotShown(_) => "not-held-out",
        Ended::Error(..) => "error",
    }
}
