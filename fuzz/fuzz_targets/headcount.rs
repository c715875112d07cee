//! A headcount as people write it: what is read lies in the range, and reads the same when we write it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whoowns::profile::headcount::{Count, DecimalStyle, Wording, read};
use whoowns::ruleset::Counted;

fuzz_target!(|text: &str| {
    for style in [DecimalStyle::Unknown, DecimalStyle::Comma, DecimalStyle::Point] {
        for of in [None, Some(Counted::People), Some(Counted::Money)] {
            let wording = Wording { lowest: 1, highest: Some(2_000_000), of, style, ..Wording::default() };
            let reading = match read(text, &wording) {
                Ok(reading) => reading,
                Err(refusal) => {
                    assert!(!refusal.to_string().is_empty());
                    continue;
                }
            };
            let written = match reading.count {
                Count::Unknown => String::new(),
                Count::Exact(number) => number.to_string(),
                Count::Band { min, max: Some(max) } => {
                    assert!(1 <= min && min < max && max <= 2_000_000, "{text:?} is {min} to {max}");
                    format!("{min}-{max}")
                }
                Count::Band { min, max: None } => format!("{min}+"),
            };
            let again = read(&written, &wording).map(|again| again.count);
            assert_eq!(again, Ok(reading.count), "{text:?} is written {written:?}");
        }
    }
});
