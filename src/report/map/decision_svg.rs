//! The decision map as SVG.

use super::characters::stands_on;
use super::lanes::{Field, Lane, Picture, Stretched};
use super::svg::{STYLE, colour, escape, wrap};
use crate::decision::Status;
use crate::report::labels;
use crate::ruleset::Ruleset;

const WIDTH: f64 = 920.0;
const MARGIN: f64 = 16.0;
const TOP: f64 = 92.0;
const LANE: f64 = 50.0;
const LABEL: f64 = 22.0;

/// The map as an SVG image; `name` is the organization's, where one stands on it.
pub fn decision_map(ruleset: &Ruleset, picture: &Picture, name: Option<&str>) -> String {
    let drawing = Drawing { ruleset, picture };
    let bottom = TOP + picture.lanes.len() as f64 * (LANE + LABEL);
    let legend = drawing.legend(bottom + 14.0);
    let height = legend.1 + MARGIN;
    let title = match name {
        Some(name) => format!("{}: {name} on the decision map", ruleset.title()),
        None => format!("{}: the decision map", ruleset.title()),
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wo\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" role=\"img\" aria-labelledby=\"wo-map-title wo-map-text\">\
         <title id=\"wo-map-title\">{}</title><desc id=\"wo-map-text\">{}</desc>{STYLE}\
         <defs><pattern id=\"wo-likely\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"4\" height=\"8\" fill=\"#64748b\"/>\
         <rect x=\"4\" width=\"4\" height=\"8\" fill=\"#ffffff\"/></pattern></defs><rect class=\"room\" width=\"{WIDTH}\" height=\"{height:.0}\" rx=\"8\"/>",
        escape(&title),
        escape(&drawing.description()),
    );
    svg.push_str(&drawing.axis(bottom));
    for (at, lane) in picture.lanes.iter().enumerate() {
        svg.push_str(&drawing.lane(lane, TOP + at as f64 * (LANE + LABEL)));
    }
    svg.push_str(&drawing.stand(bottom));
    svg.push_str(&legend.0);
    svg.push_str("</svg>\n");
    svg
}

struct Drawing<'a> {
    ruleset: &'a Ruleset,
    picture: &'a Picture,
}

impl Drawing<'_> {
    /// The left and right edge of a stretch; all are equally wide, for between thresholds nothing happens.
    fn edges(&self, first: usize, last: usize) -> (f64, f64) {
        let wide = (WIDTH - 2.0 * MARGIN) / self.picture.stretches.len().max(1) as f64;
        (MARGIN + first as f64 * wide, MARGIN + (last + 1) as f64 * wide)
    }

    /// Where a number stands on the axis.
    fn place(&self, number: u64) -> f64 {
        let at = self.picture.stretches.iter().position(|stretch| stretch.holds(number)).unwrap_or(0);
        let (left, right) = self.edges(at, at);
        let Some(Stretched { first, last }) = self.picture.stretches.get(at).copied() else { return left };
        // A stretch without an end goes up to ten times its beginning.
        let (low, high) = (first as f64, last.map_or(first.max(1) as f64 * 10.0, |last| last as f64));
        let part = if high > low { (number as f64 - low) / (high - low) } else { 0.5 };
        left + (right - left) * (0.03 + 0.94 * part.clamp(0.0, 1.0))
    }

    fn axis(&self, bottom: f64) -> String {
        let mut text = format!(
            "<text class=\"on\" x=\"{MARGIN}\" y=\"26\" font-size=\"15\">{}</text>\
             <text class=\"soft\" x=\"{MARGIN}\" y=\"44\" font-size=\"12\">{} from left to right, not to scale</text>",
            escape(self.ruleset.title()),
            escape(&self.picture.axis),
        );
        for (at, stretch) in self.picture.stretches.iter().enumerate() {
            let (left, right) = self.edges(at, at);
            text.push_str(&format!(
                "<text class=\"soft\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"middle\">{}</text>",
                (left + right) / 2.0,
                TOP - 12.0,
                escape(&stretch.label())
            ));
            if at > 0 {
                text.push_str(&format!(
                    "<path class=\"line\" stroke-dasharray=\"3 4\" d=\"M{left:.1} {:.1}V{bottom:.1}\"/>",
                    TOP - 26.0
                ));
            }
        }
        text
    }

    fn lane(&self, lane: &Lane, top: f64) -> String {
        let stands = self.picture.stands.is_some();
        let weight = if stands && lane.possible { " class=\"on\"" } else { "" };
        let mut label = lane.label.clone();
        if lane.flipped_to && !lane.possible {
            label.push_str(" (would change the answer)");
        }
        let mut text = format!(
            "<text{weight} x=\"{MARGIN}\" y=\"{:.1}\" font-size=\"13\">{}</text>",
            top + 15.0,
            escape(&wrap(&label, 13.0, WIDTH - 2.0 * MARGIN, 1).join(" "))
        );
        for field in &lane.fields {
            text.push_str(&self.field(field, top + LABEL));
        }
        text
    }

    fn field(&self, field: &Field, top: f64) -> String {
        let (left, right) = self.edges(field.first, field.last);
        let (x, wide) = (left + 1.0, right - left - 2.0);
        let at = field.owner.and_then(|owner| self.picture.owners.iter().position(|known| *known == owner));
        let (fill, ink, name) = match (at, field.owner) {
            (Some(at), Some(owner)) => {
                let (fill, ink) = colour(at);
                (
                    format!("fill=\"{fill}\""),
                    format!("style=\"fill:{ink}\""),
                    self.ruleset.role(owner).title.clone(),
                )
            }
            _ if field.status == Status::Open => {
                ("class=\"pale\"".into(), String::new(), "depends on more".to_owned())
            }
            _ => ("class=\"pale\"".into(), String::new(), "no rule".to_owned()),
        };
        let tall = LANE - 8.0;
        let said = format!("{name}: {}", labels::status(field.status));
        let mut text = format!(
            "<g><title>{}</title><rect {fill} x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{tall}\" \
             rx=\"4\"/>",
            escape(&said)
        );
        if field.status == Status::Presumed {
            text.push_str(&format!(
                "<rect fill=\"url(#wo-likely)\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"5\"/>",
                x + 4.0,
                top + tall - 6.0,
                (wide - 8.0).max(0.0)
            ));
        }
        let lines = wrap(&name, 13.0, wide - 14.0, 2);
        let first = top + tall / 2.0 + 4.5 - (lines.len() as f64 - 1.0) * 8.0;
        for (at, line) in lines.iter().enumerate() {
            text.push_str(&format!(
                "<text {ink} x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"middle\">{}</text>",
                (left + right) / 2.0,
                first + at as f64 * 16.0,
                escape(line)
            ));
        }
        text + "</g>"
    }

    /// The organization's point or band, and the numbers at which its answer flips.
    fn stand(&self, bottom: f64) -> String {
        let Some((low, high)) = self.picture.stands else { return String::new() };
        let mut text = String::from("<g id=\"wo-stand\">");
        let (left, right) = match high {
            Some(high) => (self.place(low), self.place(high)),
            None => (self.place(low), WIDTH - MARGIN),
        };
        let top = TOP - 4.0;
        if right - left < 3.0 {
            text.push_str(&format!(
                "<path class=\"edge\" stroke-width=\"1.5\" stroke-opacity=\"0.4\" d=\"M{left:.1} {top:.1}V{bottom:.1}\"/>"
            ));
            for (at, _) in self.picture.lanes.iter().enumerate().filter(|(_, lane)| lane.possible) {
                let y = TOP + at as f64 * (LANE + LABEL) + LABEL - 4.0;
                let end = y + LANE;
                // Ticks at both ends, so that no name is struck through.
                text.push_str(&format!(
                    "<path class=\"edge\" stroke-width=\"4\" d=\"M{left:.1} {y:.1}v10M{left:.1} {:.1}v10\"/>",
                    end - 10.0
                ));
            }
        } else {
            text.push_str(&format!(
                "<rect class=\"edge\" stroke-width=\"2.5\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" \
                 height=\"{:.1}\" rx=\"4\"/>",
                right - left,
                bottom - top
            ));
        }
        let middle = (left + right) / 2.0;
        text.push_str(&format!(
            "<path class=\"mark\" d=\"M{:.1} {:.1}h12l-6 9z\"/><text class=\"on\" style=\"fill:var(--mark)\" \
             x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"{}\">{}</text>",
            middle - 6.0,
            TOP - 38.0 + 24.0,
            middle.clamp(MARGIN, WIDTH - MARGIN),
            TOP - 34.0,
            anchor(middle),
            escape(&stand_label(low, high))
        ));
        for flip in &self.picture.flips {
            let x = self.place(*flip);
            text.push_str(&format!(
                "<g><title>{} {}: the answer changes here</title><path class=\"mark\" \
                 d=\"M{x:.1} {:.1}l6 7l-6 7l-6 -7z\"/></g>",
                escape(&self.picture.axis),
                crate::words::thousands(*flip),
                bottom - 4.0,
            ));
        }
        text + "</g>"
    }

    /// What the marks mean, and where it ends.
    fn legend(&self, top: f64) -> (String, f64) {
        let mut text = String::new();
        let mut y = top;
        let statuses: Vec<Status> =
            self.picture.lanes.iter().flat_map(|lane| &lane.fields).map(|field| field.status).collect();
        let mut say = |mark: String, words: &str| {
            y += 20.0;
            text.push_str(&mark.replace("{y}", &format!("{:.1}", y - 10.0)));
            text.push_str(&format!(
                "<text class=\"soft\" x=\"{:.1}\" y=\"{y:.1}\" font-size=\"12\">{words}</text>",
                MARGIN + 26.0
            ));
        };
        if statuses.contains(&Status::Presumed) {
            say(
                format!(
                    "<rect x=\"{MARGIN}\" y=\"{{y}}\" width=\"18\" height=\"6\" fill=\"url(#wo-likely)\"/>"
                ),
                "striped below: presumed, because it is typical",
            );
        }
        if !self.picture.flips.is_empty() {
            say(
                format!(
                    "<path class=\"mark\" transform=\"translate({MARGIN} {{y}})\" d=\"M9 -1l6 7l-6 7l-6 -7z\"/>"
                ),
                "the nearest number at which the answer changes",
            );
        }
        (text, y)
    }

    /// The map in words, for those who cannot see it.
    fn description(&self) -> String {
        let lane = |lane: &Lane| {
            let fields = lane.fields.iter().map(|field| {
                let first = self.picture.stretches[field.first];
                let last = self.picture.stretches[field.last].last;
                let owner = field.owner.map_or("not settled", |owner| &self.ruleset.role(owner).title);
                format!("{} {owner}", Stretched { first: first.first, last }.label())
            });
            format!("{}: {}.", lane.label, fields.collect::<Vec<_>>().join(", "))
        };
        let mut text: Vec<String> = self.picture.lanes.iter().map(lane).collect();
        if let Some(stands) = self.picture.stands {
            let on: Vec<String> = self
                .picture
                .stretches
                .iter()
                .filter(|stretch| stands_on(stretch, stands))
                .map(Stretched::label)
                .collect();
            text.push(format!("The organization stands at {}.", on.join(" and ")));
        }
        text.join(" ")
    }
}

fn anchor(x: f64) -> &'static str {
    if x < 110.0 {
        "start"
    } else if x > WIDTH - 110.0 {
        "end"
    } else {
        "middle"
    }
}

fn stand_label(low: u64, high: Option<u64>) -> String {
    Stretched { first: low, last: high }.label()
}
