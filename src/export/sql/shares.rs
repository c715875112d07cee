//! How much of the bands agrees, as numbers that a table can hold: a sum of products of the ends of bands, which is not
//! negative where enough agrees.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::export::diagram::{End, Leaf, PartOfBands};
use crate::ruleset::FactId;

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The least that a number can be.
    Least,
    /// The most.
    Most,
}

/// Ends of bands that are multiplied with each other; none is the number 1.
pub type Product = Vec<(FactId, Side)>;

/// A sum: how often each product counts.
pub type Sum = BTreeMap<Product, BigInt>;

/// For each answer that may be presumed at a leaf, in order, what is not negative where enough of the bands agrees on it.
pub fn sums(leaf: &Leaf) -> Vec<Sum> {
    let Leaf::ByShare { share: (asked, of), parts, presumed, .. } = leaf else { return Vec::new() };
    let all = total(parts.iter());
    let agreeing = |place: usize| {
        let mut sum = Sum::new();
        add(&mut sum, &total(parts.iter().filter(|(agrees, _)| *agrees == Some(place))), &BigInt::from(*of));
        add(&mut sum, &all, &-BigInt::from(*asked));
        sum.retain(|_, factor| *factor != BigInt::ZERO);
        sum
    };
    (0..presumed.len()).map(agreeing).collect()
}

/// How many combinations of numbers these parts of the bands have.
fn total<'a>(parts: impl Iterator<Item = &'a PartOfBands>) -> Sum {
    let mut total = Sum::new();
    for (_, numbers) in parts {
        let mut product = Sum::from([(Product::new(), BigInt::from(1))]);
        for (fact, first, last) in numbers {
            let mut length = Sum::from([(Product::new(), BigInt::from(1))]);
            for (end, side, sign) in [(last, Side::Most, 1), (first, Side::Least, -1)] {
                let (of, number) = match end {
                    End::OfBand => (vec![(*fact, side)], BigInt::from(1)),
                    End::At(number) => (Product::new(), BigInt::from(*number)),
                };
                *length.entry(of).or_default() += number * sign;
            }
            product = multiplied(&product, &length);
        }
        add(&mut total, &product, &BigInt::from(1));
    }
    total
}

fn multiplied(one: &Sum, other: &Sum) -> Sum {
    let mut all = Sum::new();
    for (left, often) in one {
        for (right, times) in other {
            let mut both = left.clone();
            both.extend(right);
            both.sort_unstable();
            *all.entry(both).or_default() += often * times;
        }
    }
    all
}

fn add(sum: &mut Sum, other: &Sum, times: &BigInt) {
    for (product, factor) in other {
        *sum.entry(product.clone()).or_default() += factor * times;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_sum_over_the_ends_of_the_band() {
        let fact = FactId(0);
        let part = |agrees, first, last| (agrees, vec![(fact, first, last)]);
        let answer = crate::export::diagram::Answer::default();
        // At least 9 in 10 of the numbers of a band that crosses 500.
        let leaf = Leaf::ByShare {
            share: (9, 10),
            parts: vec![part(Some(0), End::OfBand, End::At(499)), part(None, End::At(500), End::OfBand)],
            presumed: vec![answer.clone()],
            open: answer,
        };
        let sum = &sums(&leaf)[0];
        let value = |least: i64, most: i64| -> BigInt {
            let end = |side| if side == Side::Least { least } else { most };
            let product = |product: &Product| product.iter().map(|(_, side)| end(*side)).product::<i64>();
            sum.iter().map(|(of, factor)| factor * product(of)).sum()
        };
        assert_eq!(value(401, 510), BigInt::from(99 * 10 - 110 * 9));
        assert_eq!(value(401, 511), BigInt::from(99 * 10 - 111 * 9));
    }
}
