//! What the fields of a map say, whatever they are drawn with.

use super::lanes::{Field, Lane, Picture, Stretched};
use crate::decision::Status;
use crate::ruleset::Ruleset;

impl Picture {
    /// Whether the profile's number or band lies on a stretch, at least in part.
    pub fn stands_on(&self, stretch: &Stretched) -> bool {
        self.stands.is_some_and(|(low, high)| {
            stretch.last.is_none_or(|last| low <= last) && high.is_none_or(|high| stretch.first <= high)
        })
    }

    /// Whether the profile may stand in a lane, on the stretch at a place.
    pub fn stands_in(&self, lane: &Lane, at: usize) -> bool {
        lane.possible && self.stretches.get(at).is_some_and(|stretch| self.stands_on(stretch))
    }

    /// The place of a field's owner among the owners on the map.
    pub fn place_of(&self, field: &Field) -> Option<usize> {
        let owner = field.owner?;
        self.owners.iter().position(|known| *known == owner)
    }
}

impl Lane {
    /// The field over the stretch at a place.
    pub fn field(&self, at: usize) -> Option<&Field> {
        self.fields.iter().find(|field| (field.first..=field.last).contains(&at))
    }

    /// What the field over the stretch at a place says.
    pub fn said(&self, ruleset: &Ruleset, at: usize) -> String {
        self.field(at).map(|field| field.said(ruleset)).unwrap_or_default()
    }
}

impl Field {
    /// Who owns, or why nobody does.
    pub fn said(&self, ruleset: &Ruleset) -> String {
        match (self.owner, self.status) {
            (Some(owner), _) => ruleset.role(owner).title.clone(),
            (None, Status::Open) => "depends on more".to_owned(),
            (None, _) => "no rule".to_owned(),
        }
    }
}
