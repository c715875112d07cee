//! Where the elements stand in the diagram: what is given below, and each decision above all that it is decided from.

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

/// A place for each element.
pub fn drawing(elements: &[Element]) -> Vec<Bounds> {
    let mut levels: Vec<usize> = Vec::with_capacity(elements.len());
    for element in elements {
        let below = element.table.as_ref().map(|table| table.inputs.iter().map(|input| levels[*input]).max());
        levels.push(below.map_or(0, |below| below.unwrap_or(0) + 1));
    }
    let highest = levels.iter().copied().max().unwrap_or(0);
    let on = |level: usize| levels.iter().filter(|own| **own == level).count();
    let wide = |level: usize| on(level) * (WIDTH + BESIDE);
    let widest = (0..=highest).map(wide).max().unwrap_or(0);
    let mut placed = vec![0; highest + 1];
    let place = |level: &usize| {
        // Each level further to the right than the one below, so that lines to a higher one pass beside it.
        let middle = if *level == 0 { widest / 2 } else { widest * level / (highest + 1) };
        let left = middle.saturating_sub(wide(*level) / 2);
        let x = MARGIN + left + placed[*level] * (WIDTH + BESIDE);
        placed[*level] += 1;
        let height = if *level == 0 { INPUT } else { DECISION };
        Bounds { x, y: MARGIN + (highest - level) * (DECISION + ABOVE), width: WIDTH, height }
    };
    levels.iter().map(place).collect()
}
