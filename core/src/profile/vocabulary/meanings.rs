//! What a word can mean.

/// One meaning. The headings of `vocabulary.toml`, explained there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::profile) enum Role {
    People,
    Label,
    Everywhere,
    About,
    AboutAfter,
    From,
    To,
    Between,
    BetweenAfter,
    And,
    Over,
    OverAfter,
    AtLeast,
    OrMore,
    Under,
    UnderAfter,
    UpTo,
    OrLess,
    Currency,
    Unknown,
    Withheld,
    One,
    Yes,
    No,
}

/// The headings of a language in the data file.
const HEADINGS: [(&str, Role); 23] = [
    ("people", Role::People),
    ("label", Role::Label),
    ("everywhere", Role::Everywhere),
    ("about", Role::About),
    ("about_after", Role::AboutAfter),
    ("from", Role::From),
    ("to", Role::To),
    ("between", Role::Between),
    ("between_after", Role::BetweenAfter),
    ("and", Role::And),
    ("over", Role::Over),
    ("over_after", Role::OverAfter),
    ("at_least", Role::AtLeast),
    ("or_more", Role::OrMore),
    ("under", Role::Under),
    ("under_after", Role::UnderAfter),
    ("up_to", Role::UpTo),
    ("or_less", Role::OrLess),
    ("unknown", Role::Unknown),
    ("withheld", Role::Withheld),
    ("one", Role::One),
    ("yes", Role::Yes),
    ("no", Role::No),
];

impl Role {
    /// The meaning of the words under a heading.
    pub(super) fn under(heading: &str) -> Option<Role> {
        HEADINGS.iter().find(|(known, _)| *known == heading).map(|(_, role)| *role)
    }

    /// Whether its words are texts as a whole, and not words within a text.
    pub(super) fn is_whole(self) -> bool {
        matches!(self, Role::Unknown | Role::Withheld | Role::One | Role::Yes | Role::No)
    }
}

/// Everything one word can mean: several languages may share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::profile) struct Meanings {
    roles: u32,
    /// What it counts after a number, where it is a unit: a thousand for `K`.
    pub(in crate::profile) unit: Option<i128>,
}

impl Meanings {
    pub(in crate::profile) fn has(self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }

    pub(super) fn add(&mut self, role: Role) {
        self.roles |= 1 << role as u32;
    }
}
