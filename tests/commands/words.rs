//! What people read: in the ruleset's words, within the page, and with what matters on one screen.

use std::io::{Cursor, Read};

use unicode_width::UnicodeWidthStr;
use whoowns::diagnostic::Style;
use whoowns::report::map::{characters, decision_map, picture};
use whoowns::report::schedule::Span;
use whoowns::report::sections::Sections;
use whoowns::report::terminal::{self, Terminal};
use whoowns::report::{brief, decision, docx, explained, html, markdown, rules};
use whoowns::{Decision, Profile, Ruleset, decide, sentences};

/// Facts as they may be known, one list a fact; the empty one is not known.
const KNOWN: [(&str, &[&str]); 7] = [
    ("headcount", &["", "7", "300", "201-500", "480", "720", "1500", "1000-5000", "250+", "6000"]),
    ("hr_team", &["", "yes", "no"]),
    ("ld_team", &["", "yes", "no"]),
    ("regions", &["", "1", "IN;SG;DE"]),
    ("project", &["", "new-lms", "lcms", "help-desk"]),
    ("project_scope", &["", "organization", "region"]),
    ("requirements", &["", "clear", "conflicting"]),
];

/// Some of all the ways in which facts can be known, far apart from each other.
fn sampled(ruleset: &Ruleset) -> Vec<Profile> {
    let every: usize = KNOWN.iter().map(|(_, values)| values.len()).product();
    // A step that shares no factor with the whole visits each value of each fact about as often.
    let places = (0..90).map(|at| at * 1_009 % every);
    let settings = |mut place: usize| {
        let mut settings = vec!["name=Größe & 北京 <b>".to_owned()];
        for (fact, values) in KNOWN {
            let value = values[place % values.len()];
            place /= values.len();
            if !value.is_empty() {
                settings.push(format!("{fact}={value}"));
            }
        }
        settings
    };
    places.map(|place| Profile::read(ruleset, None, &settings(place)).unwrap()).collect()
}

fn dates() -> Option<Span> {
    Some(Span::new("2026-03-02".parse().unwrap(), "2026-06-30".parse().unwrap()).unwrap())
}

/// Everything that the commands print for people about one organization, beside `explain`, which shows ids on purpose.
fn printed(ruleset: &Ruleset, profile: &Profile, decided: &Decision) -> Vec<String> {
    let sections = Sections { ruleset, profile, decision: decided };
    let terminal = Terminal::default();
    let document = decision::document(sections);
    let mut page = brief::document(sections, dates());
    let mut printed = vec![
        terminal::screen(sections, terminal),
        terminal::document(ruleset, &document, terminal),
        markdown::document(ruleset, &document).replace("\\_", "_"),
        sentences::so_far(ruleset, decided),
    ];
    if let Ok(picture) = picture(ruleset, profile) {
        printed.push(characters(ruleset, &picture, 80));
        printed.push(decision_map(ruleset, &picture, None));
    }
    // The last section of a brief shows the ids of its rules beside their words.
    page.sections.retain(|section| section.heading != Some("Rules used"));
    printed.push(markdown::document(ruleset, &page).replace("\\_", "_"));
    printed.push(html::document(ruleset, &page).unwrap());
    printed
}

#[test]
fn no_id_stands_in_a_text_for_people() {
    let ruleset = Ruleset::embedded().unwrap();
    let values = ruleset.facts().iter().flat_map(|fact| &fact.values);
    let labels: Vec<&str> = ruleset
        .facts()
        .iter()
        .flat_map(|fact| (0..fact.values.len()).map(|at| fact.label(at as u32)))
        .collect();
    // What is part of a label, as in "help-desk support", is a word of the ruleset's.
    let ids: Vec<&String> = values
        .filter(|value| value.contains('-') && !labels.iter().any(|label| label.contains(value.as_str())))
        .collect();
    for profile in sampled(&ruleset) {
        let decided = decide(&ruleset, &profile).unwrap();
        for text in printed(&ruleset, &profile, &decided) {
            assert!(!text.contains('_'), "an underscore in\n{text}");
            for id in &ids {
                assert!(!text.contains(id.as_str()), "`{id}` in\n{text}");
            }
        }
    }
    let tables = rules::markdown(&ruleset);
    assert!(!tables.contains('_'), "{tables}");
}

#[test]
fn what_matters_is_on_one_screen_and_within_the_page() {
    let ruleset = Ruleset::embedded().unwrap();
    for profile in sampled(&ruleset) {
        let decided = decide(&ruleset, &profile).unwrap();
        let sections = Sections { ruleset: &ruleset, profile: &profile, decision: &decided };
        for width in [60, 80, 120] {
            let terminal = Terminal { style: Style::Plain, width };
            let screen = terminal::screen(sections, terminal);
            if width >= 80 {
                assert!(screen.lines().count() <= 24, "{screen}");
            }
            if let Some(ask) = decided.ask.first() {
                let below = screen.split_once("  Status ").unwrap().1.split_once("  Ask ").unwrap();
                assert!(
                    !below.0.contains("  Known "),
                    "the question stands directly under the status: {screen}"
                );
                let begins: String = sentences::question(ruleset.fact(*ask)).chars().take(20).collect();
                assert!(below.1.trim_start().starts_with(&begins), "{screen}");
            }
            let all = terminal::document(&ruleset, &decision::document(sections), terminal);
            let verdict = whoowns::decision::Verdict::reach(&ruleset, &profile).unwrap();
            let rows = whoowns::decision::explain(&ruleset, &verdict);
            let explanation = explained::explanation(sections, &rows, terminal);
            for line in screen.lines().chain(all.lines()).chain(explanation.lines()) {
                assert!(line.width() <= usize::from(width), "{width}: {line}");
            }
        }
    }
}

#[test]
fn a_band_is_presumed_in_parts_that_are_each_said_once() {
    let ruleset = Ruleset::embedded().unwrap();
    let read = |settings: &[&str]| {
        let settings: Vec<String> = settings.iter().map(|one| (*one).to_owned()).collect();
        let profile = Profile::read(&ruleset, None, &settings).unwrap();
        let decided = decide(&ruleset, &profile).unwrap();
        sentences::presumptions(&ruleset, &decided.presumed).join("; ")
    };
    let parts = read(&["headcount=1001-5000", "ld_team=no", "hr_team=yes"]);
    assert!(
        parts.contains(
            "up to 1,999 employees: it works in 1 country or region; from 2,000: it works in at least 2"
        ),
        "{parts}"
    );
    let whole = read(&["headcount=300"]);
    assert!(whole.starts_with("there is an HR team, but no L&D team; it works in 1 country"), "{whole}");
}

/// The marks of a band stay at the edges of the fields, so that no line goes through a name.
#[test]
fn a_band_on_the_map_strikes_through_no_name() {
    let ruleset = Ruleset::embedded().unwrap();
    for band in ["201-700", "5-3000", "250+", "1-10"] {
        let profile = Profile::read(&ruleset, None, &[format!("headcount={band}")]).unwrap();
        let drawn = decision_map(&ruleset, &picture(&ruleset, &profile).unwrap(), None);
        let marks: Vec<&str> = drawn.split("class=\"edge\" d=\"").skip(1).collect();
        assert!(!marks.is_empty(), "{drawn}");
        for mark in marks.iter().map(|mark| mark.split('"').next().unwrap()) {
            for stroke in mark.split('M').skip(1) {
                let (_, down) = stroke.split_once(' ').unwrap();
                let (from, rest) = down.split_once('V').unwrap();
                let to = rest.split_once('H').unwrap().0;
                let long = (from.parse::<f64>().unwrap() - to.parse::<f64>().unwrap()).abs();
                assert!(long <= 5.0, "{band}: {mark}");
            }
        }
    }
}

#[test]
fn a_ruleset_without_words_reads_well() {
    let text = r#"
[ruleset]
name = "plain"
version = "1.0.0"
title = "Who looks after the sites?"
[facts.site_count]
kind = "integer"
[facts.own_garden]
kind = "boolean"
[facts.kind_of_site]
kind = "choice"
values = ["new-build", "old_house"]
[roles.one]
title = "One"
[roles.two]
title = "Two"
[[owner]]
id = "a"
when = { site_count = "< 10", own_garden = true }
role = "one"
[[owner]]
id = "b"
when = { kind_of_site = "new-build" }
role = "two"
[[owner]]
id = "c"
role = "one"
"#;
    let ruleset = Ruleset::from_toml("plain.toml", text).unwrap();
    let profile = Profile::read(&ruleset, None, &["site_count=12".to_owned()]).unwrap();
    let decided = decide(&ruleset, &profile).unwrap();
    let said = printed(&ruleset, &profile, &decided);
    assert!(said.iter().all(|text| !text.contains('_')), "{said:#?}");
    assert!(said[0].contains("Two") && said[0].contains("if kind of site is new build"), "{}", said[0]);
    assert!(said[0].contains("Site count is 12."), "{}", said[0]);
}

#[test]
fn a_brief_is_a_word_file() {
    let ruleset = Ruleset::embedded().unwrap();
    let settings = ["name=A & B <c>\u{1}", "headcount=720", "hr_team=yes"].map(str::to_owned);
    let profile = Profile::read(&ruleset, None, &settings).unwrap();
    let decided = decide(&ruleset, &profile).unwrap();
    let page =
        brief::document(Sections { ruleset: &ruleset, profile: &profile, decision: &decided }, dates());
    let bytes = docx::document(&ruleset, &page).unwrap();
    let again = docx::document(&ruleset, &page).unwrap();
    assert_eq!(bytes, again, "the same brief is the same file");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let body = part("word/document.xml");
    for wanted in ["Heading1", "<w:tbl>", "w:fill=\"1d4ed8\"", "A &amp; B &lt;c&gt;", "Do next"] {
        assert!(body.contains(wanted), "{wanted}");
    }
    assert!(!body.contains('\u{1}'));
    assert!(part("word/footer1.xml").contains(ruleset.digest()));
    assert!(part("docProps/core.xml").contains("<dc:title>A &amp; B &lt;c&gt;</dc:title>"));
}
