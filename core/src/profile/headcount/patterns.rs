//! The phrases that say how many.
//!
//! A phrase is a band between two numbers, or one or two *bounds*: a number with a word or a sign before or after it
//! that says whether it is the least or the most. Which words those are, the vocabulary says.

use super::numbers;
use super::numbers::{DecimalStyle, Decimals, Number};
use super::refusal::{Refusal, shown};
use super::tokens::{Sign, Token, tokens};
use crate::profile::vocabulary::{Role, VOCABULARY, is_letter};
use crate::ruleset::Counted;
use crate::space::NO_END;

use Token::{Number as Num, Sign as Mark, Word};

/// What a phrase says, before it is cut to a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Exact(i128),
    /// The next whole number above a part of one.
    RoundedUp(i128),
    Between(i128, i128),
    From(i128),
    UpTo(i128),
}

/// A phrase understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) meaning: Meaning,
    /// Whether it says "about".
    pub(super) about: bool,
}

/// Understands a text that is neither empty, plain digits, nor a date; `signed` says whether a sign before a number is its
/// sign.
///
/// # Errors
/// The reason why the text says nothing, or several things.
pub(super) fn understand(
    text: &str,
    of: Option<Counted>,
    style: DecimalStyle,
    signed: bool,
) -> Result<Phrase, Refusal> {
    let phrase = match code(text) {
        Some(meaning) => Ok(Phrase { meaning: meaning?, about: false }),
        None => phrase(text, of, style, signed),
    };
    // Whatever else is wrong with a price: that it is one says most.
    let is_price = || text.contains('%') || (of != Some(Counted::Money) && names_money(text));
    phrase.map_err(|refusal| if is_price() { Refusal::Price(shown(text)) } else { refusal })
}

fn phrase(text: &str, of: Option<Counted>, style: DecimalStyle, signed: bool) -> Result<Phrase, Refusal> {
    let mut all = without_additions(&tokens(text, style)?, of);
    if signed {
        all = with_signs(&all);
    }
    let (about, rest) = match all.as_slice() {
        [first, rest @ ..] if is(first, Role::About) || *first == Mark(Sign::Tilde) => (true, rest),
        [rest @ .., last] if is(last, Role::AboutAfter) => (true, rest),
        rest => (false, rest),
    };
    let meaning = meaning(rest, text)?;
    match meaning {
        Meaning::RoundedUp(_) if about => Err(Refusal::Fraction(shown(text))),
        Meaning::From(first) if first > NO_END => Err(Refusal::TooLarge(shown(text))),
        Meaning::UpTo(last) if last < 0 && !signed => Err(Refusal::Negative(shown(text))),
        _ => Ok(Phrase { meaning, about }),
    }
}

fn is(token: &Token<'_>, role: Role) -> bool {
    matches!(token, Word(_, meanings) if meanings.has(role))
}

fn meaning(tokens: &[Token<'_>], text: &str) -> Result<Meaning, Refusal> {
    if let [Num(number)] = tokens {
        return exact(*number);
    }
    if let Some((first, last)) = ends(tokens) {
        return band(first, last, text);
    }
    let bounds = bounds(tokens)?;
    match bounds.as_slice() {
        [Some(Bound::AtLeast(first))] => Ok(Meaning::From(*first)),
        [Some(Bound::AtMost(last))] => Ok(Meaning::UpTo(*last)),
        [Some(Bound::AtLeast(first)), Some(Bound::AtMost(last))]
        | [Some(Bound::AtMost(last)), Some(Bound::AtLeast(first))] => {
            if last < first {
                return Err(Refusal::Reversed(shown(text)));
            }
            Ok(Meaning::Between(*first, *last))
        }
        _ => Err(refusal(tokens, text)),
    }
}

/// The two numbers of a band, where the tokens are one.
fn ends<'a>(tokens: &[Token<'a>]) -> Option<(Number<'a>, Number<'a>)> {
    let is_dash = |token: &Token<'_>| matches!(token, Mark(Sign::Dash | Sign::Tilde | Sign::Dots));
    let links = |token: &Token<'_>| is_dash(token) || is(token, Role::To);
    let joins = |token: &Token<'_>| links(token) || is(token, Role::And);
    let closed = |tokens: &[Token<'a>]| match tokens {
        [Num(first), between, Num(last)] if joins(between) => Some((*first, *last)),
        _ => None,
    };
    match tokens {
        [Num(first), between, Num(last)] if links(between) => Some((*first, *last)),
        [opening, Num(first), between, Num(last)] if is(opening, Role::From) && links(between) => {
            Some((*first, *last))
        }
        [opening, rest @ .., closing] if is(opening, Role::Between) && is(closing, Role::BetweenAfter) => {
            closed(rest)
        }
        [opening, rest @ ..] if is(opening, Role::Between) => closed(rest),
        [opening, rest @ .., closing] if is(opening, Role::From) && is(closing, Role::BetweenAfter) => {
            closed(rest)
        }
        [rest @ .., closing] if is(closing, Role::BetweenAfter) => closed(rest),
        _ => None,
    }
}

/// One end of what is said.
#[derive(Clone, Copy)]
enum Bound {
    AtLeast(i128),
    AtMost(i128),
}

/// Cuts the tokens into bounds, "and" or a comma between two of them aside; `None` for what is no bound.
fn bounds(tokens: &[Token<'_>]) -> Result<Vec<Option<Bound>>, Refusal> {
    let mut found = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() && found.len() < 3 {
        let joined = matches!(rest, [first, _, ..] if is(first, Role::And) || *first == Mark(Sign::Comma));
        if !found.is_empty() && joined {
            rest = &rest[1..];
        }
        let (bound, taken) = match rest {
            [before, Num(number), ..] if !matches!(before, Num(_)) => (before_number(before, *number)?, 2),
            [Num(number), after, ..] => (after_number(after, *number)?, 2),
            _ => (None, rest.len()),
        };
        found.push(bound);
        rest = &rest[taken..];
    }
    Ok(found)
}

fn before_number(token: &Token<'_>, number: Number<'_>) -> Result<Option<Bound>, Refusal> {
    let bound = match token {
        token if is(token, Role::AtLeast) || matches!(token, Mark(Sign::Plus | Sign::AtLeast)) => {
            Bound::AtLeast(end(number)?)
        }
        token if is(token, Role::Over) || *token == Mark(Sign::Above) => above(number)?,
        token if is(token, Role::UpTo) || *token == Mark(Sign::AtMost) => Bound::AtMost(end(number)?),
        token if is(token, Role::Under) || *token == Mark(Sign::Below) => below(number)?,
        _ => return Ok(None),
    };
    Ok(Some(bound))
}

fn after_number(token: &Token<'_>, number: Number<'_>) -> Result<Option<Bound>, Refusal> {
    let bound = match token {
        token if is(token, Role::OrMore) || *token == Mark(Sign::Plus) => Bound::AtLeast(end(number)?),
        token if is(token, Role::OverAfter) => above(number)?,
        token if is(token, Role::OrLess) => Bound::AtMost(end(number)?),
        token if is(token, Role::UnderAfter) => below(number)?,
        _ => return Ok(None),
    };
    Ok(Some(bound))
}

fn above(number: Number<'_>) -> Result<Bound, Refusal> {
    Ok(Bound::AtLeast(end(number)? + 1))
}

fn below(number: Number<'_>) -> Result<Bound, Refusal> {
    Ok(Bound::AtMost(end(number)? - 1))
}

fn exact(number: Number<'_>) -> Result<Meaning, Refusal> {
    match number.decimals {
        Decimals::Part => Ok(Meaning::RoundedUp(number.value)),
        _ => whole(number).map(Meaning::Exact),
    }
}

/// A number that must be whole, and read in one way only.
fn whole(number: Number<'_>) -> Result<i128, Refusal> {
    match number.decimals {
        Decimals::None => Ok(number.value),
        Decimals::Part => Err(Refusal::Fraction(shown(number.written))),
        Decimals::Doubtful { .. } => Err(Refusal::AmbiguousPoint(shown(number.written))),
    }
}

/// A number at the end of a band without the other end, where a fraction makes no sense: `10.001+` is no 10 and a bit.
fn end(number: Number<'_>) -> Result<i128, Refusal> {
    match number.decimals {
        Decimals::Doubtful { fraction: None } => Ok(number.value),
        _ => whole(number),
    }
}

/// A band whose ends are in order, and count in units that leave no doubt.
fn band(first: Number<'_>, last: Number<'_>, text: &str) -> Result<Meaning, Refusal> {
    let may_share_unit =
        first.before_unit.is_none() && last.before_unit.is_some_and(|whole| first.value <= whole);
    if may_share_unit && first.value != 0 {
        return Err(Refusal::AmbiguousUnit(shown(text)));
    }
    let (first, last) =
        band_of_thousands(first, last).map_or_else(|| Ok((whole(first)?, whole(last)?)), Ok)?;
    if last < first {
        return Err(Refusal::Reversed(shown(text)));
    }
    Ok(Meaning::Between(first, last))
}

/// The ends of a band whose points can only stand between thousands: as fractions the ends would not be whole, or not
/// in order. `1.001-5.000` and `501-1.000` are such bands, `1.000-5.000` is none.
fn band_of_thousands(first: Number<'_>, last: Number<'_>) -> Option<(i128, i128)> {
    let as_fraction = |number: Number<'_>| match number.decimals {
        Decimals::None => Some(number.value),
        Decimals::Part => None,
        Decimals::Doubtful { fraction } => fraction,
    };
    let is_part = |number: Number<'_>| number.decimals == Decimals::Part;
    let is_band =
        matches!((as_fraction(first), as_fraction(last)), (Some(first), Some(last)) if first <= last);
    let thousands = !is_part(first) && !is_part(last) && !is_band && first.value <= last.value;
    thousands.then_some((first.value, last.value))
}

/// The coded bands of a well-known company database: `c_00251_00500`, `c_10001_max`.
fn code(text: &str) -> Option<Result<Meaning, Refusal>> {
    let ends = text.strip_prefix("c_").or_else(|| text.strip_prefix("C_"))?;
    let (first, last) = ends.split_once('_')?;
    let first = numbers::plain(first)?;
    if last.eq_ignore_ascii_case("max") {
        return Some(Ok(Meaning::From(first)));
    }
    let last = numbers::plain(last)?;
    if last < first {
        return Some(Err(Refusal::Reversed(shown(text))));
    }
    Some(Ok(Meaning::Between(first, last)))
}

/// Leaves out what counts for nothing: the words for what is counted, periods of abbreviations and of the end,
/// footnote marks.
fn without_additions<'a>(all: &[Token<'a>], of: Option<Counted>) -> Vec<Token<'a>> {
    let all = labelled(all, of);
    let mut kept = Vec::with_capacity(all.len());
    let mut numbered = false;
    for (at, token) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        let is_last = at + 1 == all.len();
        let falls_away = match token {
            Word(_, meanings) if of == Some(Counted::People) => {
                numbered && (meanings.has(Role::People) || meanings.has(Role::Everywhere))
            }
            Word(_, meanings) => of == Some(Counted::Money) && meanings.has(Role::Currency),
            Mark(Sign::Money) => of == Some(Counted::Money),
            Mark(Sign::Period) => is_last || matches!(before, Some(Word(..))),
            Mark(Sign::Footnote) => numbered,
            _ => false,
        };
        numbered |= matches!(token, Num(_));
        if !falls_away {
            kept.push(*token);
        }
    }
    kept
}

/// What stands after a label: `headcount: 300`, `従業員数 300`.
fn labelled<'a, 'b>(all: &'b [Token<'a>], of: Option<Counted>) -> &'b [Token<'a>] {
    let is_label = |token: &Token<'_>| is(token, Role::Label);
    match all {
        _ if of != Some(Counted::People) => all,
        [label, Mark(Sign::Colon), rest @ ..] if is_label(label) || is(label, Role::People) => rest,
        [label, rest @ ..] if is_label(label) => rest,
        _ => all,
    }
}

/// Numbers with the plus or minus that stands before them; between two numbers such a sign is none.
fn with_signs<'a>(all: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept: Vec<Token<'a>> = Vec::with_capacity(all.len());
    let mut rest = all;
    while let Some((token, after)) = rest.split_first() {
        let after_number = matches!(kept.last(), Some(Num(_)));
        match (token, after) {
            (Mark(sign @ (Sign::Dash | Sign::Plus)), [Num(number), further @ ..]) if !after_number => {
                kept.push(Num(if *sign == Sign::Dash { number.negative() } else { *number }));
                rest = further;
            }
            _ => {
                kept.push(*token);
                rest = after;
            }
        }
    }
    kept
}

/// The reason that helps most where no pattern fits.
fn refusal(tokens: &[Token<'_>], text: &str) -> Refusal {
    let numbers = tokens.iter().filter(|token| matches!(token, Num(_))).count();
    let other = tokens.iter().find_map(|token| match token {
        Token::Other(written) => Some(*written),
        _ => None,
    });
    let words = tokens.iter().find_map(|token| match token {
        Word(written, _) => Some(*written),
        _ => None,
    });
    // Beside one band it is the words that are too much, not the numbers.
    let holds_band = tokens.windows(3).any(|run| {
        matches!(run, [Num(_), between, Num(_)] if *between == Mark(Sign::Dash) || is(between, Role::To))
    });
    match tokens {
        [Mark(Sign::Dash), Num(_)] => Refusal::Negative(shown(text)),
        _ if numbers == 0 => Refusal::Label(shown(text)),
        _ if numbers > 2 || (numbers == 2 && !(holds_band && other.is_some())) => {
            Refusal::Several(shown(text))
        }
        _ => Refusal::NotUnderstood { text: shown(text), part: shown(other.or(words).unwrap_or(text)) },
    }
}

/// Whether a text holds a sign or a name of money.
fn names_money(text: &str) -> bool {
    let sign = |(at, _): (usize, char)| VOCABULARY.money_sign(&text[at..]).is_some();
    let name = |word: &str| {
        VOCABULARY.longest(word).is_some_and(|(meanings, length)| {
            length == word.len() && meanings.has(Role::Currency) && !meanings.has(Role::People)
        })
    };
    text.char_indices().any(sign) || text.split(|letter: char| !is_letter(letter)).any(name)
}
