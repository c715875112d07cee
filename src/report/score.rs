//! What is said of a score: how often the rules were right, put in sections that a terminal and a page both show.

use serde_json::{Value as Json, json};

use super::document::{Block, Cell, Section, Table};
use super::schema_parts::{count, list, nullable, object, optional_text, ruleset, shared, text, titled};
use crate::learning::{PresumedRight, RuleScore, Score, Share};
use crate::ruleset::{Ruleset, Subject};
use crate::words::{self, capital, thousands};

/// What people read for somebody who has no role of the ruleset.
const OTHER: &str = "somebody else";

/// The sections of a score.
pub fn sections(ruleset: &Ruleset, score: &Score) -> Vec<Section> {
    let said = Said { ruleset, score };
    let top = Section { heading: None, blocks: said.top().into_iter().map(Block::Paragraph).collect() };
    let sections = [
        Section::of("By status", said.by_status()),
        Section::of("By confidence", said.by_confidence()),
        Section::of("By owner rule", said.by_rule()),
        Section::of("Whom the rules named, and who it was", said.confusions()),
        Section::of("Left open", Block::Paragraph(said.open())),
        Section::of("What is presumed, where it is known", said.typical()),
        Section::of("Owners that are no role of the ruleset", said.others()),
    ];
    std::iter::once(top).chain(sections.into_iter().flatten()).collect()
}

struct Said<'a> {
    ruleset: &'a Ruleset,
    score: &'a Score,
}

fn table(columns: Vec<&'static str>, rows: Vec<Vec<String>>) -> Block {
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
    Block::Table(Table { columns, rows })
}

fn with_share(first: String, share: Share) -> Vec<String> {
    vec![first, thousands(share.rows), thousands(share.right), share.in_words()]
}

impl Said<'_> {
    fn title(&self, id: &str) -> String {
        let role = self.ruleset.role_named(id);
        role.map_or_else(|| id.to_owned(), |role| self.ruleset.role(role).title.clone())
    }

    fn actual(&self, id: Option<&String>) -> String {
        id.map_or_else(|| OTHER.to_owned(), |id| self.title(id))
    }

    /// What a partner of the firm reads first.
    fn top(&self) -> Vec<String> {
        let Score { owner, rows, .. } = self.score;
        let mut said = vec![format!(
            "In {} projects the rules named the owner that turned out, {}.",
            owner.counts(),
            owner.in_words()
        )];
        if owner.rows < *rows {
            said.push(format!(
                "Of {} in the list, {} can be held against it; the others do not say who owned.",
                words::rows(*rows),
                thousands(owner.rows)
            ));
        }
        let claimed = self.score.by_confidence.iter().filter(|counted| counted.name != "none");
        let claims: Vec<String> =
            claims(claimed.map(|counted| (counted.name, counted.share))).into_iter().collect();
        if !claims.is_empty() {
            said.push(format!("Where they said {}.", claims.join("; ")));
        }
        if self.score.answered() == 0 && self.score.open.rows > 0 {
            said.push(
                "The rules answer none of these rows: what the list gives leaves all of them open."
                    .to_owned(),
            );
        }
        if let Some(worst) = self.score.worst_rule() {
            said.push(self.errs_most(worst));
        }
        if let Some(contact) = self.score.contact {
            said.push(format!(
                "In {} they named the contact that turned out, {}.",
                contact.counts(),
                contact.in_words()
            ));
        }
        said
    }

    fn errs_most(&self, worst: &RuleScore) -> String {
        let wrong = format!("{} of {}", thousands(worst.share.wrong()), thousands(worst.share.rows));
        let mostly = worst.instead.first().map(|instead| self.actual(instead.owner.as_ref()));
        let mostly = mostly.map_or_else(String::new, |owner| format!("; there it was mostly: {owner}"));
        format!("The rule that errs most: `{}`, in {wrong}{mostly}.", worst.rule)
    }

    fn by_status(&self) -> Block {
        let rows =
            self.score.by_status.iter().map(|counted| with_share(counted.name.to_owned(), counted.share));
        table(vec!["Status", "Rows", "Right", "Share (95 % interval)"], rows.collect())
    }

    fn by_confidence(&self) -> Block {
        let rows = self.score.by_confidence.iter();
        let rows = rows.map(|counted| with_share(counted.name.to_owned(), counted.share));
        table(vec!["They said", "Rows", "Right", "Seen (95 % interval)"], rows.collect())
    }

    fn by_rule(&self) -> Block {
        let row = |rule: &RuleScore| {
            let instead = rule.instead.first();
            let instead = instead
                .map(|one| format!("{} ({})", self.actual(one.owner.as_ref()), thousands(one.rows)))
                .unwrap_or_default();
            let mut row = with_share(rule.rule.clone(), rule.share);
            row.push(instead);
            row
        };
        let columns = vec!["Rule", "Rows", "Right", "Share (95 % interval)", "Where wrong, mostly"];
        table(columns, self.score.by_rule.iter().map(row).collect())
    }

    fn confusions(&self) -> Block {
        let rows = self.score.confusions.iter().map(|confusion| {
            vec![
                self.title(&confusion.named),
                self.actual(confusion.actual.as_ref()),
                thousands(confusion.rows),
            ]
        });
        table(vec!["The rules named", "It was", "Rows"], rows.collect())
    }

    fn open(&self) -> String {
        let open = &self.score.open;
        if open.rows == 0 {
            return String::new();
        }
        let places = open.places.iter().map(|(place, rows)| format!("{} at place {place}", thousands(*rows)));
        let places: Vec<String> = places.collect();
        let places = if places.is_empty() { String::new() } else { format!(": {}", places.join(", ")) };
        format!(
            "Of {} left open, {} had the owner that turned out among the candidates{places}.",
            words::rows(open.rows),
            thousands(open.among)
        )
    }

    fn typical(&self) -> Block {
        let row = |presumed: &PresumedRight| {
            let mut row = vec![presumed.rule.clone()];
            row.extend(with_share(self.presumption(presumed), presumed.seen));
            row.push(presumed.support.clone().unwrap_or_default());
            row
        };
        let seen = self.score.typical.iter().filter(|presumed| presumed.seen.rows > 0);
        table(
            vec!["Rule", "Presumes", "Rows", "Right", "Share (95 % interval)", "Claimed"],
            seen.map(row).collect(),
        )
    }

    fn presumption(&self, presumed: &PresumedRight) -> String {
        let rows = self.ruleset.typical().iter().filter(|row| row.id == presumed.rule);
        let mut sets = rows.flat_map(|row| &row.then.set);
        let set = sets.find(|set| self.ruleset.fact(set.fact).name == presumed.fact);
        set.map(|set| capital(&words::clause(self.ruleset, Subject::Fact(set.fact), &set.test)))
            .unwrap_or_default()
    }

    fn others(&self) -> Block {
        let rows =
            self.score.other.commonest.iter().map(|text| vec![text.text.clone(), thousands(text.rows)]);
        table(vec!["The list says", "Rows"], rows.collect())
    }
}

/// "high confidence: 94 % (90 to 97 %)", for each level.
fn claims<'a>(levels: impl Iterator<Item = (&'a str, Share)>) -> Vec<String> {
    levels.map(|(name, share)| format!("{name} confidence: {}", share.in_words())).collect()
}

/// One level of confidence in the chart of what was claimed against what was seen; numbers are percents.
#[derive(Debug, Clone)]
pub struct Calibrated {
    /// What was claimed.
    pub level: &'static str,
    /// The share that was right.
    pub share: String,
    /// Where its interval begins.
    pub low: String,
    /// Where it ends.
    pub high: String,
    /// All of it in words.
    pub said: String,
}

/// What was claimed against what was seen.
pub fn calibration(score: &Score) -> Vec<Calibrated> {
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    let level = |counted: &crate::learning::Counted| {
        let (low, high) = counted.share.interval()?;
        Some(Calibrated {
            level: counted.name,
            share: percent(counted.share.share()?),
            low: percent(low),
            high: percent(high),
            said: format!("{} of {}", counted.share.in_words(), thousands(counted.share.rows)),
        })
    };
    score.by_confidence.iter().filter(|counted| counted.name != "none").filter_map(level).collect()
}

/// The JSON Schema of a score, as `score --format json` prints it.
pub fn schema() -> Json {
    let texts = list(&object(json!({ "text": text(), "rows": count() })));
    let other = object(json!({ "rows": count(), "commonest": texts }));
    let counted = list(&shared(json!({ "name": text() })));
    titled(
        "whoowns score",
        object(json!({
            "schema_version": { "const": 1 },
            "ruleset": ruleset(),
            "rows": count(),
            "rejects": count(),
            "owner": shared(json!({})),
            "by_status": counted,
            "by_confidence": counted,
            "by_rule": list(&shared(json!({
                "rule": text(),
                "owner": text(),
                "instead": list(&object(json!({ "owner": optional_text(), "rows": count() }))),
            }))),
            "confusions": list(&object(json!({
                "named": text(),
                "actual": optional_text(),
                "rows": count(),
            }))),
            "open": object(json!({
                "rows": count(),
                "among": count(),
                "places": { "type": "object", "additionalProperties": count() },
            })),
            "typical": list(&shared(json!({
                "rule": text(),
                "fact": text(),
                "value": {},
                "support": optional_text(),
            }))),
            "other": other,
            "contact": nullable(&shared(json!({}))),
            "other_contact": nullable(&other),
        })),
    )
}
