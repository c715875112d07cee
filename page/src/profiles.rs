//! One organization: opened, decided, put into a brief.

use serde::Deserialize;
use serde_json::{Value as Json, json};
use whoowns::profile::pasted::{self, Entry};
use whoowns::profile::{Format, Person};
use whoowns::report::map::{decision_map, picture};
use whoowns::report::schedule::{Date, Span};
use whoowns::report::sections::Sections;
use whoowns::report::{brief, decision, docx, html, json, markdown, people, profile_file};
use whoowns::source::Source;
use whoowns::{Profile, Ruleset};

use crate::answer::{Answer, Named, Refusal, said};

/// What a page knows of an organization: a profile as JSON, and facts on top of it as people write them.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    profile: Json,
    set: Vec<String>,
}

impl Asked {
    fn profile(&self, ruleset: &Ruleset) -> Result<Profile, Refusal> {
        let text = serde_json::to_string_pretty(&self.profile).map_err(said)?;
        Ok(Profile::read(ruleset, Some((Source::new("what was entered", text), Format::Json)), &self.set)?)
    }
}

/// A brief to write.
#[derive(Debug, Deserialize)]
pub(crate) struct Brief {
    #[serde(flatten)]
    asked: Asked,
    start: Option<String>,
    go_live: Option<String>,
    format: BriefFormat,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BriefFormat {
    Html,
    Markdown,
    Docx,
}

/// A profile as it is written, once it has been read without a mistake.
pub(crate) fn open(ruleset: &Ruleset, file: Named) -> Answer {
    let format = match file.name.rsplit_once('.') {
        Some((_, ending)) if ending.eq_ignore_ascii_case("json") => Format::Json,
        Some((_, ending)) if ending.eq_ignore_ascii_case("toml") => Format::Toml,
        _ => Format::of(&file.text),
    };
    let text = file.text.clone();
    Profile::read(ruleset, Some((Source::new(file.name, file.text), format)), &[])?;
    let json = match format {
        Format::Json => serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(said)?,
        Format::Toml => {
            let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(said)?;
            serde_json::to_value(table).map_err(said)?
        }
    };
    Ok((json!({ "profile": json }), Vec::new()))
}

/// The decision: as JSON behind the answer, and in it what people read.
pub(crate) fn decide(ruleset: &Ruleset, asked: &Asked) -> Answer {
    let profile = asked.profile(ruleset)?;
    let decided = whoowns::decide(ruleset, &profile).map_err(said)?;
    let sections = Sections { ruleset, profile: &profile, decision: &decided };
    let map = picture(ruleset, &profile).ok().map(|picture| {
        json!({
            "svg": decision_map(ruleset, &picture, profile.name.as_deref()),
            "stands": picture.stands,
            "stretches": picture.stretches.iter().map(|one| (one.first, one.last)).collect::<Vec<_>>(),
        })
    });
    let said = json!({
        "html": html::sections(ruleset, &decision::document(sections)).map_err(said)?,
        "map": map,
        "parts": profile.contacts.iter().map(|person| people::part(ruleset, &decided, person)).collect::<Vec<_>>(),
        "file": profile_file::toml(ruleset, &profile),
    });
    Ok((said, json::pretty(ruleset, &decided).into_bytes()))
}

/// People from a table that was pasted.
pub(crate) fn pasted(ruleset: &Ruleset, text: &str) -> Answer {
    let found = pasted::pasted(ruleset, text);
    let columns = found
        .columns
        .iter()
        .map(|column| json!({ "title": column.title, "entry": column.entry.map(Entry::key) }));
    let entries = |person: &Person| {
        let Person { name, title, email, region } = person;
        json!({ "name": name, "title": title, "email": email, "region": region })
    };
    let said = json!({
        "columns": columns.collect::<Vec<_>>(),
        "people": found.people.iter().map(entries).collect::<Vec<_>>(),
        "nameless": found.nameless,
    });
    Ok((said, Vec::new()))
}

/// The brief, behind the answer.
pub(crate) fn brief(ruleset: &Ruleset, asked: &Brief) -> Answer {
    let profile = asked.asked.profile(ruleset)?;
    let date = |text: &Option<String>| -> Result<Option<Date>, Refusal> {
        text.as_deref().filter(|text| !text.is_empty()).map(str::parse).transpose().map_err(said)
    };
    let span = match (date(&asked.start)?, date(&asked.go_live)?) {
        (Some(start), Some(live)) => Some(Span::new(start, live).map_err(said)?),
        (None, None) => None,
        _ => {
            return Err(Refusal(
                "a schedule needs both days: the start, and the day it goes live".to_owned(),
            ));
        }
    };
    let decided = whoowns::decide(ruleset, &profile).map_err(said)?;
    let content = brief::document(Sections { ruleset, profile: &profile, decision: &decided }, span);
    let bytes = match asked.format {
        BriefFormat::Html => html::document(ruleset, &content).map_err(said)?.into_bytes(),
        BriefFormat::Markdown => markdown::document(ruleset, &content).into_bytes(),
        BriefFormat::Docx => docx::document(ruleset, &content).map_err(said)?,
    };
    Ok((Json::Null, bytes))
}
