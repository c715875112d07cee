//! The decision map as SVG.

use super::lanes::{Field, Lane, Picture, Stretched};
use super::svg::{STYLE, colour, wrap};
use crate::decision::Status;
use crate::report::labels;
use crate::report::xml::Element;
use crate::ruleset::Ruleset;
use crate::words;

const WIDTH: f64 = 920.0;
const MARGIN: f64 = 16.0;
const TOP: f64 = 92.0;
const LANE: f64 = 50.0;
const LABEL: f64 = 22.0;
/// The height of a field.
const TALL: f64 = LANE - 8.0;

/// The map as an SVG image; `name` is the organization's, where one stands on it.
pub fn decision_map(ruleset: &Ruleset, picture: &Picture, name: Option<&str>) -> String {
    let drawing = Drawing { ruleset, picture };
    let bottom = TOP + picture.lanes.len() as f64 * (LANE + LABEL);
    let (legend, end) = drawing.legend(bottom + 14.0);
    let height = format!("{:.0}", end + MARGIN);
    let title = match name {
        Some(name) => format!("{}: {name} on the decision map", ruleset.title()),
        None => format!("{}: the decision map", ruleset.title()),
    };
    let lanes = picture.lanes.iter().enumerate();
    let svg = Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("class", "wo")
        .with("viewBox", format_args!("0 0 {WIDTH} {height}"))
        .with("width", WIDTH)
        .with("height", &height)
        .with("role", "img")
        .with("aria-labelledby", "wo-map-title wo-map-text")
        .child(Element::new("title").with("id", "wo-map-title").text(&title))
        .child(Element::new("desc").with("id", "wo-map-text").text(&drawing.description()))
        .child(Element::new("style").text(STYLE))
        .child(Element::new("defs").child(stripes()))
        .child(
            Element::new("rect")
                .with("class", "room")
                .with("width", WIDTH)
                .with("height", &height)
                .with("rx", 8),
        )
        .children(drawing.axis(bottom))
        .children(lanes.flat_map(|(at, lane)| drawing.lane(lane, TOP + at as f64 * (LANE + LABEL))))
        .children(drawing.stand(bottom))
        .children(legend);
    format!("{svg}\n")
}

/// What fields are marked with that are presumed.
fn stripes() -> Element {
    let stripe = |x: f64, colour: &str| {
        Element::new("rect").with("x", x).with("width", 4).with("height", 8).with("fill", colour)
    };
    Element::new("pattern")
        .with("id", "wo-likely")
        .with("width", 8)
        .with("height", 8)
        .with("patternUnits", "userSpaceOnUse")
        .with("patternTransform", "rotate(45)")
        .children([stripe(0.0, "#64748b"), stripe(4.0, "#ffffff")])
}

fn text(class: &str, (x, y): (f64, f64), size: u32, words: &str) -> Element {
    Element::new("text").with("class", class).at("x", x).at("y", y).with("font-size", size).text(words)
}

fn rect((x, y): (f64, f64), (width, height): (f64, f64)) -> Element {
    Element::new("rect").at("x", x).at("y", y).at("width", width.max(0.0)).at("height", height)
}

fn path(class: &str, way: std::fmt::Arguments<'_>) -> Element {
    Element::new("path").with("class", class).with("d", way)
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
    fn place(&self, number: i128) -> f64 {
        let at = self.picture.stretches.iter().position(|stretch| stretch.holds(number)).unwrap_or(0);
        let (left, right) = self.edges(at, at);
        let Some(Stretched { first, last }) = self.picture.stretches.get(at).copied() else { return left };
        // A stretch without an end goes up to ten times its beginning.
        let (low, high) = (
            first as f64,
            last.map_or_else(|| first as f64 + 9.0 * first.abs().max(1) as f64, |last| last as f64),
        );
        let part = if high > low { (number as f64 - low) / (high - low) } else { 0.5 };
        left + (right - left) * (0.03 + 0.94 * part.clamp(0.0, 1.0))
    }

    fn axis(&self, bottom: f64) -> Vec<Element> {
        let below = format!("{} from left to right, not to scale", words::capital(&self.picture.axis));
        let mut drawn = vec![
            text("on", (MARGIN, 26.0), 15, self.ruleset.title()),
            text("soft", (MARGIN, 44.0), 12, &below),
        ];
        for (at, stretch) in self.picture.stretches.iter().enumerate() {
            let (left, right) = self.edges(at, at);
            let middle = ((left + right) / 2.0, TOP - 12.0);
            drawn.push(text("soft", middle, 13, &stretch.label()).with("text-anchor", "middle"));
            if at > 0 {
                let way = format_args!("M{left:.1} {:.1}V{bottom:.1}", TOP - 26.0);
                drawn.push(path("line", way).with("stroke-dasharray", "3 4"));
            }
        }
        drawn
    }

    fn lane(&self, lane: &Lane, top: f64) -> Vec<Element> {
        let stands = self.picture.stands.is_some();
        let class = if stands && lane.possible { "on" } else { "off" };
        let mut label = lane.label.clone();
        if lane.flipped_to && !lane.possible {
            label.push_str(" (would change the answer)");
        }
        let label = wrap(&label, 13.0, WIDTH - 2.0 * MARGIN, 1).join(" ");
        let mut drawn = vec![text(class, (MARGIN, top + 15.0), 13, &label)];
        drawn.extend(lane.fields.iter().map(|field| self.field(field, top + LABEL)));
        drawn
    }

    fn field(&self, field: &Field, top: f64) -> Element {
        let (left, right) = self.edges(field.first, field.last);
        let (x, wide) = (left + 1.0, right - left - 2.0);
        let name = field.said(self.ruleset);
        let colours = self.picture.place_of(field).map(colour);
        let room = rect((x, top), (wide, TALL)).with("rx", 4);
        let room = match colours {
            Some((fill, _)) => room.with("fill", fill),
            None => room.with("class", "pale"),
        };
        let said = format!("{name}: {}", labels::status(field.status));
        let mut drawn = Element::new("g").child(Element::new("title").text(&said)).child(room);
        if field.status == Status::Presumed {
            let below = rect((x + 4.0, top + TALL - 6.0), (wide - 8.0, 5.0));
            drawn = drawn.child(below.with("fill", "url(#wo-likely)"));
        }
        let lines = wrap(&name, 13.0, wide - 14.0, 2);
        let first = top + TALL / 2.0 + 4.5 - (lines.len() as f64 - 1.0) * 8.0;
        drawn.children(lines.iter().enumerate().map(|(at, line)| {
            let place = ((left + right) / 2.0, first + at as f64 * 16.0);
            let line = text("name", place, 13, line).with("text-anchor", "middle");
            match colours {
                Some((_, ink)) => line.with("style", format_args!("fill:{ink}")),
                None => line,
            }
        }))
    }

    /// The organization's point or band, and the numbers at which its answer flips.
    fn stand(&self, bottom: f64) -> Option<Element> {
        let (low, high) = self.picture.stands?;
        let (left, right) = (self.place(low), high.map_or(WIDTH - MARGIN, |high| self.place(high)));
        let top = TOP - 4.0;
        let mut drawn = Element::new("g").with("id", "wo-stand");
        if right - left < 3.0 {
            let line = path("edge", format_args!("M{left:.1} {top:.1}V{bottom:.1}"));
            drawn = drawn.child(line.with("stroke-width", 1.5).with("stroke-opacity", 0.4));
            let lanes = self.picture.lanes.iter().enumerate().filter(|(_, lane)| lane.possible);
            drawn = drawn.children(lanes.map(|(at, _)| {
                let y = TOP + at as f64 * (LANE + LABEL) + LABEL - 4.0;
                // Ticks at both ends, so that no name is struck through.
                let ticks = format_args!("M{left:.1} {y:.1}v10M{left:.1} {:.1}v10", y + LANE - 10.0);
                path("edge", ticks).with("stroke-width", 4)
            }));
        } else {
            // Brackets above and below each lane it can be in, so that no name is struck through.
            let lanes = self.picture.lanes.iter().enumerate().filter(|(_, lane)| lane.possible);
            drawn = drawn.children(lanes.map(|(at, _)| {
                let above = TOP + at as f64 * (LANE + LABEL) + LABEL - 1.5;
                let below = above + TALL + 3.0;
                let brackets = format_args!(
                    "M{left:.1} {:.1}V{above:.1}H{right:.1}v5M{left:.1} {:.1}V{below:.1}H{right:.1}v-5",
                    above + 5.0,
                    below - 5.0
                );
                path("edge", brackets).with("stroke-width", 2.5).with("stroke-linejoin", "round")
            }));
        }
        let middle = (left + right) / 2.0;
        let label = Stretched { first: low, last: high }.label();
        let at = (middle.clamp(MARGIN, WIDTH - MARGIN), TOP - 34.0);
        drawn =
            drawn.child(path("mark", format_args!("M{:.1} {:.1}h12l-6 9z", middle - 6.0, TOP - 14.0))).child(
                text("on", at, 13, &label)
                    .with("style", "fill:var(--mark)")
                    .with("text-anchor", anchor(middle)),
            );
        let axis = &self.picture.axis;
        Some(drawn.children(self.picture.flips.iter().map(|flip| {
            let x = self.place(*flip);
            let said = format!("{axis} {}: the answer changes here", words::thousands(*flip));
            let mark = path("mark", format_args!("M{x:.1} {:.1}l6 7l-6 7l-6 -7z", bottom - 4.0));
            Element::new("g").child(Element::new("title").text(&said)).child(mark)
        })))
    }

    /// What the marks mean, and where it ends.
    fn legend(&self, top: f64) -> (Vec<Element>, f64) {
        let fields = || self.picture.lanes.iter().flat_map(|lane| &lane.fields);
        let (mut drawn, mut y) = (Vec::new(), top);
        if fields().any(|field| field.status == Status::Presumed) {
            y += 20.0;
            drawn.push(rect((MARGIN, y - 10.0), (18.0, 6.0)).with("fill", "url(#wo-likely)"));
            drawn.push(text(
                "soft",
                (MARGIN + 26.0, y),
                12,
                "striped below: presumed, because it is typical",
            ));
        }
        if !self.picture.flips.is_empty() {
            y += 20.0;
            let way = format_args!("M{:.1} {:.1}l6 7l-6 7l-6 -7z", MARGIN + 9.0, y - 11.0);
            drawn.push(path("mark", way));
            drawn.push(text(
                "soft",
                (MARGIN + 26.0, y),
                12,
                "the nearest number at which the answer changes",
            ));
        }
        (drawn, y)
    }

    /// The map in words, for those who cannot see it.
    fn description(&self) -> String {
        let lane = |lane: &Lane| {
            let fields = lane.fields.iter().map(|field| {
                let first = self.picture.stretches[field.first].first;
                let last = self.picture.stretches[field.last].last;
                format!("{} {}", Stretched { first, last }.label(), field.said(self.ruleset))
            });
            format!("{}: {}.", lane.label, fields.collect::<Vec<_>>().join(", "))
        };
        let mut text: Vec<String> = self.picture.lanes.iter().map(lane).collect();
        if self.picture.stands.is_some() {
            let on = self.picture.stretches.iter().filter(|stretch| self.picture.stands_on(stretch));
            let on: Vec<String> = on.map(Stretched::label).collect();
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
