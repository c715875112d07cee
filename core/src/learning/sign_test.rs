//! The exact sign test: how likely it is that chance alone parts the rows that change so unequally.

use std::fmt;

/// A probability, kept as its natural logarithm since it may be smaller than any number of its own.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Chance {
    ln: f64,
}

impl Chance {
    /// The two-sided probability of the sign test: of `better + worse` rows that change, each as likely to become better
    /// as worse, at least so many go one way. It is twice the tail of the binomial distribution with p = 1/2; the tail is
    /// summed from its largest term on, each next one following from the ratio of neighbouring coefficients, so that
    /// nothing is approximated but the last digits.
    pub fn of_sign_test(better: u64, worse: u64) -> Chance {
        let (n, few) = (better + worse, better.min(worse));
        if better == worse {
            return Chance { ln: 0.0 };
        }
        let largest = ln_choose(n, few);
        let (mut sum, mut term, mut at) = (1.0, 1.0, few);
        while at > 0 && term > sum * f64::EPSILON / 4.0 {
            term *= at as f64 / (n - at + 1) as f64;
            sum += term;
            at -= 1;
        }
        let ln2 = std::f64::consts::LN_2;
        Chance { ln: (ln2 + largest + f64::ln(sum) - n as f64 * ln2).min(0.0) }
    }

    /// Corrected for so many tries, by Bonferroni.
    #[must_use]
    pub fn among(self, tries: f64) -> Chance {
        Chance { ln: (self.ln + tries.max(1.0).ln()).min(0.0) }
    }

    /// Whether it is below a limit.
    pub fn is_below(self, limit: f64) -> bool {
        self.ln < limit.ln()
    }

    /// Whether it is below a limit that is given as its logarithm.
    pub fn is_below_ln(self, ln_limit: f64) -> bool {
        self.ln < ln_limit
    }

    /// The fewest rows that must all become better for the chance to be below a limit, given as its logarithm.
    pub fn fewest(ln_limit: f64) -> u64 {
        (1..=10_000).find(|rows| Chance::of_sign_test(*rows, 0).is_below_ln(ln_limit)).unwrap_or(10_000)
    }

    /// The probability as a number; zero where it is too small for one.
    pub fn probability(self) -> f64 {
        self.ln.exp()
    }
}

/// The logarithm of how many ways there are to choose `few` of `n`.
fn ln_choose(n: u64, few: u64) -> f64 {
    /// Up to here factors are multiplied one by one; beyond, Stirling's series is as exact as its terms.
    const FEW: u64 = 256;
    if few <= FEW {
        return (1..=few).map(|at| ((n - few + at) as f64 / at as f64).ln()).sum();
    }
    let ln_factorial = |n: u64| {
        let n = n as f64;
        let series = 1.0 / (12.0 * n) - 1.0 / (360.0 * n.powi(3)) + 1.0 / (1260.0 * n.powi(5));
        (n + 0.5) * n.ln() - n + (2.0 * std::f64::consts::PI).ln() / 2.0 + series
    };
    ln_factorial(n) - ln_factorial(few) - ln_factorial(n - few)
}

impl fmt::Display for Chance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = self.ln / std::f64::consts::LN_10;
        if decimal >= -3.0 {
            return write!(formatter, "{:.3}", self.ln.exp());
        }
        let exponent = decimal.floor();
        write!(formatter, "{:.1}e{exponent}", 10_f64.powf(decimal - exponent))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    /// Twice the tail times 2^n, counted with whole numbers.
    fn counted(n: u64, few: u64) -> BigUint {
        let (mut coefficient, mut sum) = (BigUint::from(1u32), BigUint::from(1u32));
        for at in 1..=few {
            coefficient = coefficient * (n - at + 1) / at;
            sum += &coefficient;
        }
        sum * 2u32
    }

    #[test]
    fn the_chance_is_that_of_whole_numbers() {
        for n in 1..=60_u64 {
            for few in 0..n.div_ceil(2) {
                let exactly = u128::try_from(counted(n, few)).unwrap() as f64 / 2_f64.powi(n as i32);
                let chance = Chance::of_sign_test(n - few, few).ln.exp();
                assert!((chance / exactly.min(1.0) - 1.0).abs() < 1e-11, "{n} {few}: {chance} {exactly}");
            }
        }
        assert_eq!(Chance::of_sign_test(5, 5).ln, 0.0);
        assert_eq!(Chance::of_sign_test(5_000, 0).to_string(), "1.4e-1505");
    }

    #[test]
    fn a_few_rows_prove_nothing() {
        assert_eq!(Chance::fewest(0.05_f64.ln()), 6);
        assert!(Chance::fewest((0.05_f64 / 1e6).ln()) > 20);
    }

    #[test]
    fn many_rows_are_counted_as_exactly_as_few() {
        for (n, few) in [(600_u64, 257_u64), (1_000, 300), (100_000, 49_000)] {
            let one_by_one: f64 = (1..=few).map(|at| ((n - few + at) as f64 / at as f64).ln()).sum();
            assert!((ln_choose(n, few) - one_by_one).abs() < 1e-8, "{n} {few}");
        }
    }
}
