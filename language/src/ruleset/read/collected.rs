//! The tables of which every row that holds counts: `[[stakeholder]]`, `[[risk]]`, `[[action]]` and the like.

use super::keys::Reader;
use super::rows::{Names, rows};
use super::test::in_quotes;
use crate::diagnostic::{Code, Diagnostic};
use crate::ruleset::moment::{MOMENTS, Moment};
use crate::ruleset::tables::{Involvement, Measure, Milestone, Party, Raci, Row, Safeguard, Table};
use crate::source::Node;

/// `[[stakeholder]]`.
pub(super) fn stakeholder(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Involvement>> {
    rows(reader, names, Table::Stakeholder, nodes, |reader, keys, _| {
        let role = keys.required(reader, "role").and_then(|node| reader.keep(names.party(node, false)));
        let raci = keys.required(reader, "raci").and_then(|node| {
            let raci = node.as_str().and_then(Raci::from_letter);
            if raci.is_none() {
                let problem = Diagnostic::new(Code::UnknownValue, node.span, "`raci` is `R`, `A`, `C` or `I`");
                reader.report(match node.as_str().and_then(Raci::meant) {
                    Some(letter) => problem.mend(node.span, in_quotes(letter.as_str())),
                    None => problem.help(
                        "responsible does the work, accountable answers for it, consulted is asked, informed is told",
                    ),
                });
            }
            raci
        });
        let core = keys.flag(reader, "core");
        if let (Some(Party::Owner | Party::Contact), Some(node)) = (role, keys.take("core")) {
            reader.report(
                Diagnostic::new(
                    Code::WrongKind,
                    node.span,
                    "`core` names further roles that belong to the few who decide",
                )
                .help("owner and contact always do; leave it out here"),
            );
        }
        Some(Involvement { role: role?, raci: raci?, core })
    })
}

/// `[[risk]]`.
pub(super) fn risk(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Safeguard>> {
    rows(reader, names, Table::Risk, nodes, |reader, keys, _| {
        let text = keys.required_text(reader, "text");
        let mitigation = keys.text(reader, "mitigation");
        Some(Safeguard { text: text?, mitigation })
    })
}

/// `[[action]]`.
pub(super) fn action(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Measure>> {
    rows(reader, names, Table::Action, nodes, |reader, keys, _| {
        let text = keys.required_text(reader, "text");
        let topic = keys.text(reader, "topic");
        let by = keys.take("by").and_then(|node| reader.keep(names.party(node, true)));
        Some(Measure { topic, by, text: text? })
    })
}

/// `[[question]]`.
pub(super) fn question(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<String>> {
    rows(reader, names, Table::Question, nodes, |reader, keys, _| keys.required_text(reader, "text"))
}

/// `[[milestone]]`.
pub(super) fn milestone(reader: &mut Reader, names: &Names<'_>, nodes: &[Node]) -> Vec<Row<Milestone>> {
    rows(reader, names, Table::Milestone, nodes, |reader, keys, _| {
        let text = keys.required_text(reader, "text");
        let topic = keys.text(reader, "topic");
        let at = keys.required(reader, "at").and_then(|node| reader.keep(moment(node, "at")));
        let until = keys.take("until");
        let until = until.and_then(|node| Some((reader.keep(moment(node, "until"))?, node.span)));
        if let (Some(at), Some((until, span))) = (at, until)
            && until.is_surely_before(at)
        {
            reader.report(
                Diagnostic::new(
                    Code::Contradiction,
                    span,
                    format!("it ends at `{until}`, before it begins at `{at}`"),
                )
                .help("`at` is when it begins, `until` when it ends"),
            );
        }
        Some(Milestone { topic, at: at?, until: until.map(|(until, _)| until), text: text? })
    })
}

fn moment(node: &Node, key: &str) -> Result<Moment, Diagnostic> {
    let Some(text) = node.as_str() else {
        let message = format!("`{key}` is a text, found {}", node.kind());
        return Err(Diagnostic::new(Code::WrongKind, node.span, message).help(MOMENTS));
    };
    Moment::parse(text)
        .map_err(|error| Diagnostic::new(Code::UnknownValue, node.span, error.to_string()).help(MOMENTS))
}
