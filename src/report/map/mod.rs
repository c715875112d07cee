//! The decision map: who owns along one axis, in one lane for each way the other facts of the ruleset's `[map]` can be.

mod characters;
mod decision_svg;
mod fields;
mod lanes;
mod svg;

pub use characters::characters;
pub use decision_svg::decision_map;
pub use lanes::{Field, Lane, MapError, Picture, Stretched, picture};
pub use svg::colour;
