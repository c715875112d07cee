//! The decision map in characters, for a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::lanes::{Picture, Stretched};
use crate::decision::Status;
use crate::diagnostic::printable;
use crate::ruleset::Ruleset;

/// The widest a lane's label gets before it stands on a line of its own.
const LABEL: usize = 34;

/// The map as lines of text no wider than `width`: a letter for each owner, brackets where the profile stands.
pub fn characters(ruleset: &Ruleset, picture: &Picture, width: usize) -> String {
    let labels: Vec<String> = picture.lanes.iter().map(|lane| printable(&lane.label).into_owned()).collect();
    let axis = crate::words::capital(&picture.axis);
    let beside = labels.iter().map(|label| label.width()).max().unwrap_or(0).max(axis.width());
    let own_line = beside > LABEL;
    let left = if own_line { 4 } else { beside + 2 };
    let mut text = String::new();
    // A long axis goes on below.
    for stretches in pages(&picture.stretches, width.saturating_sub(left)) {
        let mut head = pad(if own_line { "" } else { &axis }, left);
        if own_line {
            line(&mut text, &axis);
        }
        for at in stretches.clone() {
            head.push_str(&centred(&picture.stretches[at].label(), room(&picture.stretches[at])));
        }
        line(&mut text, &head);
        for (lane, label) in picture.lanes.iter().zip(&labels) {
            let mut row = pad(if own_line { "" } else { label }, left);
            for at in stretches.clone() {
                let letter = lane.field(at).map_or_else(String::new, |field| match picture.place_of(field) {
                    Some(place) => letter(place),
                    None if field.status == Status::Open => "?".to_owned(),
                    None => "-".to_owned(),
                });
                let mark = if picture.stands_in(lane, at) { format!("[{letter}]") } else { letter };
                row.push_str(&centred(&mark, room(&picture.stretches[at])));
            }
            if own_line {
                wrapped(label, width).iter().for_each(|part| line(&mut text, part));
            }
            line(&mut text, &row);
        }
        text.push('\n');
    }
    for (at, owner) in picture.owners.iter().enumerate() {
        let lead = format!("  {}  ", letter(at));
        let title = wrapped(&printable(&ruleset.role(*owner).title), width.saturating_sub(lead.width()));
        for (at, part) in title.iter().enumerate() {
            let lead = if at == 0 { lead.clone() } else { " ".repeat(lead.width()) };
            line(&mut text, &format!("{lead}{part}"));
        }
    }
    let shows = |status: Status| {
        picture.lanes.iter().flat_map(|lane| &lane.fields).any(|field| field.status == status)
    };
    if shows(Status::Open) {
        line(&mut text, "  ?  open: it depends on more than the map shows");
    }
    if shows(Status::Unmatched) {
        line(&mut text, "  -  no rule says who owns");
    }
    if picture.stands.is_some() && picture.lanes.iter().any(|lane| lane.possible) {
        line(&mut text, " [ ] where the profile stands");
    }
    text
}

/// A text in lines no wider than `width`, those after the first indented; a word that is wider alone is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let indent = text.len() - text.trim_start().len();
    let mut lines = vec![" ".repeat(indent)];
    let mut is_begun = false;
    for word in text.split_whitespace() {
        let open = lines.last().map_or(0, |line| line.width());
        if is_begun && open + 1 + word.width() > width {
            lines.push(" ".repeat(indent + 2));
            is_begun = false;
        }
        let Some(line) = lines.last_mut() else { break };
        line.push_str(if is_begun { " " } else { "" });
        for letter in word.chars() {
            if line.width() + letter.width().unwrap_or(0) <= width {
                line.push(letter);
            }
        }
        is_begun = true;
    }
    lines
}

fn room(stretch: &Stretched) -> usize {
    stretch.label().width().max(3) + 2
}

/// As many stretches a page as fit.
fn pages(stretches: &[Stretched], width: usize) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut used = 0;
    for (at, stretch) in stretches.iter().enumerate() {
        used += room(stretch);
        match found.last_mut() {
            Some(page) if used <= width => page.end = at + 1,
            _ => {
                used = room(stretch);
                found.push(at..at + 1);
            }
        }
    }
    found
}

/// A, B, …, Z, A1, B1, ….
fn letter(at: usize) -> String {
    let letter = char::from(b'A' + (at % 26) as u8);
    if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26) }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn centred(text: &str, width: usize) -> String {
    let room = width.saturating_sub(text.width());
    format!("{}{text}{}", " ".repeat(room / 2), " ".repeat(room - room / 2))
}

fn line(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::picture;
    use super::*;
    use crate::Profile;

    #[test]
    fn the_map_fits_a_terminal_and_marks_the_profile() {
        for (text, given) in [
            (include_str!("../../../rules/training-platform.toml"), "headcount=201-500"),
            (include_str!("../../../examples/own-rules/purchase-approval.toml"), "amount=5000"),
        ] {
            let ruleset = Ruleset::from_toml("r", text).unwrap();
            let profile = Profile::read(&ruleset, None, &[given.to_owned()]).unwrap();
            let picture = picture(&ruleset, &profile).unwrap();
            for width in [60, 80, 120] {
                let drawn = characters(&ruleset, &picture, width);
                assert!(drawn.lines().all(|line| line.width() <= width), "{drawn}");
            }
            let drawn = characters(&ruleset, &picture, 80);
            assert!(drawn.contains('[') && drawn.contains("\n  A  "), "{drawn}");
        }
    }
}
