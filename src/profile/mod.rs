//! What one organization wrote about itself.

pub mod headcount;
pub mod people;
pub mod places;
