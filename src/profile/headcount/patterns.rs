//! The phrases that say how many: each is one line of a table of patterns.

use super::numbers::Number;
use super::refusal::{Refusal, shown};
use super::tokens::{Sign, Token, tokens};

use Token::{Number as Num, Sign as Mark, Word};

/// What a phrase says, before it is cut to a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Exact(u64),
    Between(u64, u64),
    From(u64),
    UpTo(u64),
}

/// A phrase understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) meaning: Meaning,
    /// Whether it begins with "about".
    pub(super) about: bool,
}

/// Understands a text that is neither empty, plain digits, nor a date.
///
/// # Errors
/// The reason why the text says nothing, or several things.
pub(super) fn understand(text: &str) -> Result<Phrase, Refusal> {
    let phrase = match code(text) {
        Some(meaning) => Ok(Phrase { meaning: meaning?, about: false }),
        None => phrase(text),
    };
    // Whatever else is wrong with a price: that it is one says most.
    phrase.map_err(|refusal| if is_price(text) { Refusal::Price(shown(text)) } else { refusal })
}

fn phrase(text: &str) -> Result<Phrase, Refusal> {
    let all = without_suffixes(tokens(text)?);
    let (about, rest) = match all.as_slice() {
        [Word("c" | "ca" | "approx"), Mark(Sign::Period), rest @ ..] => (true, rest),
        [
            Word("c" | "ca" | "approx" | "circa" | "approximately" | "around" | "about" | "roughly"),
            rest @ ..,
        ]
        | [Mark(Sign::Tilde), rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    Ok(Phrase { meaning: meaning(rest, text)?, about })
}

fn meaning(tokens: &[Token<'_>], text: &str) -> Result<Meaning, Refusal> {
    use Sign::{Above, AtLeast, AtMost, Below, Dash, Plus, Tilde};
    match tokens {
        [Num(number)] => Ok(Meaning::Exact(number.value)),

        [Num(first), Mark(Dash | Tilde) | Word("to"), Num(last)]
        | [Word("between"), Num(first), Word("and" | "to") | Mark(Dash), Num(last)]
        | [Word("from"), Num(first), Word("to") | Mark(Dash), Num(last)] => band(*first, *last, text),

        [Num(first), Mark(Plus) | Word("plus")]
        | [Mark(Plus | AtLeast), Num(first)]
        | [Num(first), Word("or" | "and"), Word("more" | "over" | "above" | "up" | "greater" | "higher")]
        | [Word("at"), Word("least"), Num(first)]
        | [Word("no" | "not"), Word("less" | "fewer"), Word("than"), Num(first)] => {
            Ok(Meaning::From(first.value))
        }

        [Word("more" | "greater" | "higher"), Word("than"), Num(below)]
        | [Word("over" | "above") | Mark(Above), Num(below)] => {
            below.value.checked_add(1).map(Meaning::From).ok_or_else(|| Refusal::TooLarge(shown(text)))
        }

        [Word("up"), Word("to"), Num(last)]
        | [Word("at"), Word("most"), Num(last)]
        | [Mark(AtMost), Num(last)]
        | [Num(last), Word("or" | "and"), Word("less" | "fewer" | "under" | "below" | "lower")]
        | [Word("no" | "not"), Word("more" | "greater" | "higher"), Word("than"), Num(last)] => {
            Ok(Meaning::UpTo(last.value))
        }

        [Word("less" | "fewer" | "lower"), Word("than"), Num(above)]
        | [Word("under" | "below") | Mark(Below), Num(above)] => {
            above.value.checked_sub(1).map(Meaning::UpTo).ok_or_else(|| Refusal::Negative(shown(text)))
        }

        other => Err(refusal(other, text)),
    }
}

/// A band whose ends are in order and count in units that leave no doubt.
fn band(first: Number, last: Number, text: &str) -> Result<Meaning, Refusal> {
    let may_share_unit =
        first.before_unit.is_none() && last.before_unit.is_some_and(|whole| first.value <= whole);
    if may_share_unit && first.value > 0 {
        return Err(Refusal::AmbiguousUnit(shown(text)));
    }
    if last.value < first.value {
        return Err(Refusal::Reversed(shown(text)));
    }
    Ok(Meaning::Between(first.value, last.value))
}

/// The coded bands of a well-known company database: `c_00251_00500`, `c_10001_max`.
fn code(text: &str) -> Option<Result<Meaning, Refusal>> {
    let ends = text.strip_prefix("c_").or_else(|| text.strip_prefix("C_"))?;
    let (first, last) = ends.split_once('_')?;
    let first = super::numbers::plain(first)?;
    if last.eq_ignore_ascii_case("max") {
        return Some(Ok(Meaning::From(first)));
    }
    let last = super::numbers::plain(last)?;
    let ends = |value| Number { value, before_unit: None };
    Some(band(ends(first), ends(last), text))
}

/// Leaves out what counts for nothing: a final period, and the words for those who are counted.
fn without_suffixes(all: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut kept = Vec::with_capacity(all.len());
    let mut numbered = false;
    for (at, token) in all.iter().enumerate() {
        let next = all.get(at + 1);
        let falls_away = match token {
            Word(
                "employee" | "employees" | "people" | "person" | "staff" | "fte" | "ftes" | "member"
                | "members",
            ) => numbered,
            Word("team") => numbered && matches!(next, Some(Word("member" | "members"))),
            Mark(Sign::Period) => next.is_none(),
            _ => false,
        };
        numbered |= matches!(token, Num(_));
        if !falls_away {
            kept.push(*token);
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
    // Beside one band it is the words that are too much, not the numbers.
    let holds_band =
        tokens.windows(3).any(|run| matches!(run, [Num(_), Mark(Sign::Dash) | Word("to"), Num(_)]));
    match tokens {
        [Mark(Sign::Dash), Num(_)] => Refusal::Negative(shown(text)),
        _ if numbers == 0 => Refusal::Label(shown(text)),
        _ if numbers > 2 || (numbers == 2 && !(holds_band && other.is_some())) => {
            Refusal::Several(shown(text))
        }
        _ => Refusal::NotUnderstood { text: shown(text), part: shown(other.unwrap_or(text)) },
    }
}

/// Whether it holds a currency's sign or code, or a percent sign.
fn is_price(text: &str) -> bool {
    let sign = |letter: char| matches!(letter, '$' | '%' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}');
    let code = |word: &str| {
        ["usd", "eur", "gbp", "inr", "dollars", "euros"].iter().any(|code| code.eq_ignore_ascii_case(word))
    };
    text.contains(sign) || text.split(|letter: char| !letter.is_alphabetic()).any(code)
}
