//! Where the elements stand in the diagram: what is given below, and each decision above all that it is decided from. Lines
//! go up beside the boxes in between: those of decisions stand half a box further to the right than those below, so that
//! there is a lane above the middle of each place in the lowest row.

use super::model::Element;

/// A rectangle, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

const WIDTH: usize = 180;
const DECISION: usize = 80;
const INPUT: usize = 45;
const BESIDE: usize = 30;
const ABOVE: usize = 90;
const MARGIN: usize = 60;
/// From one place in a row to the next.
const PLACE: usize = WIDTH + BESIDE;
/// From one row to the next.
const ROW: usize = DECISION + ABOVE;

/// A place for each element.
pub fn drawing(elements: &[Element]) -> Vec<Bounds> {
    let mut levels: Vec<usize> = Vec::with_capacity(elements.len());
    for element in elements {
        let below = element.table.as_ref().map(|table| table.inputs.iter().map(|input| levels[*input]).max());
        levels.push(below.map_or(0, |below| below.unwrap_or(0) + 1));
    }
    let highest = levels.iter().copied().max().unwrap_or(0);
    let on = |level: usize| levels.iter().filter(|own| **own == level).count();
    let widest = (0..=highest).map(on).max().unwrap_or(0);
    let mut placed = vec![0; highest + 1];
    let place = |level: &usize| {
        let first = widest.saturating_sub(on(*level)) / 2 + placed[*level];
        placed[*level] += 1;
        let (x, height) = if *level == 0 { (0, INPUT) } else { (PLACE / 2, DECISION) };
        Bounds { x: MARGIN + x + first * PLACE, y: MARGIN + (highest - level) * ROW, width: WIDTH, height }
    };
    levels.iter().map(place).collect()
}

/// The points of the line from what is required to what requires it.
pub fn line(from: Bounds, to: Bounds) -> Vec<(usize, usize)> {
    let middle = |bounds: Bounds| bounds.x + bounds.width / 2;
    let (begin, end) = ((middle(from), from.y), (middle(to), to.y + to.height));
    if from.y <= to.y + ROW {
        return vec![begin, end];
    }
    let below_target = end.1 + ABOVE / 2;
    if from.height == INPUT {
        return vec![begin, (begin.0, below_target), end];
    }
    // Beside the lane of what is given, so that the two are not taken for one.
    let lane = if end.0 > begin.0 { from.x + WIDTH + BESIDE / 4 } else { from.x - BESIDE / 4 };
    vec![begin, (lane, from.y - ABOVE / 2), (lane, below_target), end]
}

#[cfg(test)]
mod tests {
    use super::super::model::elements;
    use super::*;
    use crate::ruleset::Ruleset;

    /// Whether a stretch of a line passes through a box, its rim aside.
    fn passes((from, to): ((usize, usize), (usize, usize)), bounds: Bounds) -> bool {
        const STEPS: i64 = 200;
        let between = |from: usize, to: usize, step: i64| {
            let (from, to) = (i64::try_from(from).unwrap(), i64::try_from(to).unwrap());
            usize::try_from(from + (to - from) * step / STEPS).unwrap()
        };
        (0..=STEPS).any(|step| {
            let (x, y) = (between(from.0, to.0, step), between(from.1, to.1, step));
            bounds.x < x && x < bounds.x + bounds.width && bounds.y < y && y < bounds.y + bounds.height
        })
    }

    #[test]
    fn no_line_passes_behind_a_box() {
        let mut rulesets = vec![Ruleset::embedded().unwrap()];
        let files = ["examples/own-rules/purchase-approval.toml", "rules/training-platform-wide.toml"];
        for file in files {
            let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            rulesets.push(Ruleset::from_toml(file, &text).unwrap());
        }
        for ruleset in &rulesets {
            let elements = elements(ruleset);
            let bounds = drawing(&elements);
            let mut lines = 0;
            for (element, to) in elements.iter().zip(&bounds) {
                for input in element.table.iter().flat_map(|table| &table.inputs) {
                    let points = line(bounds[*input], *to);
                    for stretch in points.windows(2).map(|pair| (pair[0], pair[1])) {
                        lines += 1;
                        assert!(
                            !bounds.iter().any(|own| passes(stretch, *own)),
                            "{}: {stretch:?}",
                            element.name
                        );
                    }
                }
            }
            assert!(lines > 3);
            let apart = |one: &Bounds, other: &Bounds| {
                one == other || one.y != other.y || one.x.abs_diff(other.x) >= PLACE
            };
            assert!(bounds.iter().all(|one| bounds.iter().all(|other| apart(one, other))));
        }
    }
}
