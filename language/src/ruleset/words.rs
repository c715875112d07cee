//! What people read of a fact: its title, the labels of its values, and the clauses that say what is so.
//!
//! A ruleset lends these words; where it gives none, they are made of the ids, so that every fact has some.

use super::value::Kind;

/// The words of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    title: String,
    labels: Vec<String>,
    clauses: Clauses,
    are_given: bool,
}

/// The clauses of a fact: parts of a sentence that say what is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clauses {
    /// Of a boolean, ready to be said.
    YesNo {
        /// Where it is so: "there is an L&D team".
        yes: String,
        /// Where it is not: "there is no L&D team".
        no: String,
    },
    /// Of any other fact.
    Say(Clause),
}

/// A clause with a place for what is so: "it has {} employee{s}".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause(String);

/// What a ruleset says of a fact's words; what is absent is made of the ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub title: Option<String>,
    pub labels: Vec<Option<String>>,
    pub say: Option<String>,
    pub yes: Option<String>,
    pub no: Option<String>,
}

impl Words {
    pub(super) fn new(name: &str, kind: Kind, values: &[String], given: Given) -> Words {
        let Given { title, labels, say, yes, no } = given;
        let are_given = match kind {
            Kind::Boolean => yes.is_some() && no.is_some(),
            _ => say.is_some(),
        };
        let title = title.unwrap_or_else(|| from_id(name));
        let clauses = match kind {
            Kind::Boolean => Clauses::YesNo {
                yes: yes.unwrap_or_else(|| format!("{title}: yes")),
                no: no.unwrap_or_else(|| format!("{title}: no")),
            },
            _ => Clauses::Say(Clause(say.unwrap_or_else(|| format!("{title} is {{}}")))),
        };
        let mut labels = labels.into_iter();
        let mut label = |value: &String| match (kind, labels.next().flatten()) {
            (_, Some(label)) => label,
            (Kind::Boolean, None) => if value == "true" { "yes" } else { "no" }.to_owned(),
            (_, None) => from_id(value),
        };
        Words { title, labels: values.iter().map(&mut label).collect(), clauses, are_given }
    }

    /// What the fact is called: "L&D team".
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What a value is called, by its place in [`Fact::values`](super::Fact::values): "together"; of a boolean "no" and
    /// "yes".
    pub fn label(&self, value: u32) -> &str {
        self.labels.get(value as usize).map(String::as_str).unwrap_or_default()
    }

    /// The clauses that say what is so.
    pub fn clauses(&self) -> &Clauses {
        &self.clauses
    }

    /// Whether the ruleset gives the clauses, so that they need not be made of the ids.
    pub fn are_given(&self) -> bool {
        self.are_given
    }
}

impl Clause {
    /// What is counted, as far as the clause says behind its place: "300 employees"; nothing where it ends there.
    pub fn counted(&self, what: &str, is_one: bool) -> Option<String> {
        let behind = self.0.split_once("{}")?.1;
        let behind = Clause(behind.to_owned()).say("", is_one);
        (!behind.trim().is_empty()).then(|| format!("{what}{behind}"))
    }

    /// The clause with `what` in it: "fewer than 500", or the label of a value. `is_one` says that it is the number 1
    /// exactly, so that nothing stands in the plural.
    pub fn say(&self, what: &str, is_one: bool) -> String {
        let part = |part: Part<'_>| match part {
            Part::Text(text) => text.to_owned(),
            Part::What => what.to_owned(),
            Part::Plural { one, .. } if is_one => one.to_owned(),
            Part::Plural { more, .. } => more.to_owned(),
        };
        parts(&self.0).map_or_else(|_| self.0.clone(), |parts| parts.into_iter().map(part).collect())
    }
}

/// A part of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What is said as it stands.
    Text(&'a str),
    /// `{}`.
    What,
    /// `{s}`, or two words of which the number chooses: `{country|countries}`.
    Plural { one: &'a str, more: &'a str },
}

/// Takes a clause apart; a brace that means nothing comes back as the error.
pub(super) fn parts(clause: &str) -> Result<Vec<Part<'_>>, &str> {
    let mut parts = Vec::new();
    let mut rest = clause;
    while let Some(open) = rest.find(['{', '}']) {
        let (text, from_brace) = rest.split_at(open);
        parts.extend((!text.is_empty()).then_some(Part::Text(text)));
        let inside = from_brace.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((inside, after)) = inside else { return Err(from_brace) };
        parts.push(match (inside, inside.split_once('|')) {
            ("", _) => Part::What,
            ("s", _) => Part::Plural { one: "", more: "s" },
            (_, Some((one, more))) if !inside.contains('{') => Part::Plural { one, more },
            _ => return Err(from_brace.get(..inside.len() + 2).unwrap_or(from_brace)),
        });
        rest = after;
    }
    parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
    Ok(parts)
}

/// An id as people read it, where nothing better is given.
fn from_id(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(kind: Kind, values: &[&str], given: Given) -> Words {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        Words::new("some_fact", kind, &values, given)
    }

    fn said(words: &Words, what: &str, is_one: bool) -> String {
        match words.clauses() {
            Clauses::Say(clause) => clause.say(what, is_one),
            Clauses::YesNo { yes, no } => format!("{yes}/{no}"),
        }
    }

    #[test]
    fn ids_are_words_where_there_are_no_others() {
        let flag = words(Kind::Boolean, &["false", "true"], Given::default());
        assert_eq!((flag.title(), flag.label(0), flag.label(1)), ("some fact", "no", "yes"));
        assert_eq!(said(&flag, "", false), "some fact: yes/some fact: no");
        let choice = words(Kind::Choice, &["new-lms", "old_one"], Given::default());
        assert_eq!((choice.label(0), choice.label(1), choice.label(2)), ("new lms", "old one", ""));
        assert_eq!(said(&choice, "new lms", false), "some fact is new lms");
        assert!(!choice.are_given() && !flag.are_given());
    }

    #[test]
    fn a_number_chooses_its_words() {
        let say = "it has {} employee{s} in {one country|several countries}".to_owned();
        let number = words(Kind::Integer, &[], Given { say: Some(say), ..Given::default() });
        assert_eq!(said(&number, "1", true), "it has 1 employee in one country");
        assert_eq!(
            said(&number, "fewer than 500", false),
            "it has fewer than 500 employees in several countries"
        );
        assert!(number.are_given());
    }

    #[test]
    fn a_brace_that_means_nothing_is_found() {
        for (clause, wrong) in [("a {x} b", "{x}"), ("a { b", "{ b"), ("a } b", "} b"), ("{{}|}", "{{}")] {
            assert_eq!(parts(clause), Err(wrong), "{clause}");
        }
    }
}
