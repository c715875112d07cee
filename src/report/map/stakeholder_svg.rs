//! The stakeholder map as SVG: who answers, who does, who is asked, who is told.

use super::svg::{STYLE, colour, escape, wrap};
use crate::report::labels;
use crate::ruleset::Raci;

const WIDTH: f64 = 920.0;
const MARGIN: f64 = 16.0;
const LEFT: f64 = 150.0;
const CARD: f64 = 176.0;
const GAP: f64 = 10.0;
/// From those who answer for it to those who are told.
const RACI: [Raci; 5] =
    [Raci::AccountableResponsible, Raci::Accountable, Raci::Responsible, Raci::Consulted, Raci::Informed];

/// One who has a say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// How.
    pub raci: Raci,
    /// The role's title.
    pub title: String,
    /// The people who have the role, where known.
    pub people: Vec<String>,
}

/// The holders by their letter, one row a letter.
pub fn stakeholder_map(heading: &str, holders: &[Holder]) -> String {
    let mut body = String::new();
    let mut y = 44.0;
    for (at, letters) in RACI.into_iter().enumerate() {
        let own: Vec<&Holder> = holders.iter().filter(|holder| holder.raci == letters).collect();
        if own.is_empty() {
            continue;
        }
        let (fill, ink) = colour([5, 5, 1, 0, 6][at]);
        let a_row = (((WIDTH - LEFT - MARGIN + GAP) / (CARD + GAP)) as usize).max(1);
        let rows: Vec<&[&Holder]> = own.chunks(a_row).collect();
        let top = y;
        for row in rows {
            let tall = row.iter().map(|holder| height(holder)).fold(0.0, f64::max);
            for (column, holder) in row.iter().enumerate() {
                let x = LEFT + column as f64 * (CARD + GAP);
                body.push_str(&card(holder, x, y, tall, fill, ink));
            }
            y += tall + GAP;
        }
        let word = labels::raci(letters);
        let lines = wrap(word, 15.0, LEFT - MARGIN - 12.0, 3);
        for (line, text) in lines.iter().enumerate() {
            body.push_str(&format!(
                "<text class=\"on\" x=\"{MARGIN}\" y=\"{:.1}\" font-size=\"13\">{}</text>",
                top + 20.0 + line as f64 * 17.0,
                escape(text)
            ));
        }
        y = y.max(top + 12.0 + lines.len() as f64 * 17.0 + GAP);
        body.push_str(&format!("<path class=\"line\" d=\"M{MARGIN} {y:.1}H{:.1}\"/>", WIDTH - MARGIN));
        y += GAP + 2.0;
    }
    let height = y + 2.0;
    let told: Vec<String> = holders
        .iter()
        .map(|holder| format!("{}: {}{}.", holder.title, labels::raci(holder.raci), named(&holder.people)))
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wo\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" role=\"img\" aria-labelledby=\"wo-say-title wo-say-text\">\
         <title id=\"wo-say-title\">{0}</title><desc id=\"wo-say-text\">{1}</desc>{STYLE}\
         <rect class=\"room\" width=\"{WIDTH}\" height=\"{height:.0}\" rx=\"8\"/>\
         <text class=\"on\" x=\"{MARGIN}\" y=\"26\" font-size=\"15\">{0}</text>{body}</svg>\n",
        escape(heading),
        escape(&told.join(" ")),
    )
}

fn named(people: &[String]) -> String {
    if people.is_empty() { String::new() } else { format!(", {}", people.join(", ")) }
}

fn height(holder: &Holder) -> f64 {
    let (title, people) = lines(holder);
    20.0 + (title.len() + people.len()) as f64 * 16.0
}

fn lines(holder: &Holder) -> (Vec<String>, Vec<String>) {
    let people = holder.people.iter().take(2).map(|person| wrap(person, 13.0, CARD - 20.0, 1).join(" "));
    (wrap(&holder.title, 15.5, CARD - 20.0, 3), people.collect())
}

fn card(holder: &Holder, x: f64, y: f64, tall: f64, fill: &str, ink: &str) -> String {
    let (title, people) = lines(holder);
    let mut text = format!(
        "<rect fill=\"{fill}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{CARD}\" height=\"{tall:.1}\" rx=\"6\"/>"
    );
    let all = title.iter().map(|line| (line, 13.0, 600)).chain(people.iter().map(|line| (line, 12.0, 400)));
    for (at, (line, size, weight)) in all.enumerate() {
        text.push_str(&format!(
            "<text style=\"fill:{ink}\" font-weight=\"{weight}\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\">{}</text>",
            x + 10.0,
            y + 22.0 + at as f64 * 16.0,
            escape(line)
        ));
    }
    text
}
