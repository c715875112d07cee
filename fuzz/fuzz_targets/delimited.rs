//! A delimited list, whatever its bytes: with a header of its own, or with one that is right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whoowns::clients::Kind;
use whoowns_fuzz::hold;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    match first % 3 {
        0 => hold(rest, Kind::Csv),
        1 => hold(&[b"Name,Employees,HR team,Regions\n", rest].concat(), Kind::Csv),
        _ => hold(&[b"Name\tEmployees\tL&D team\tHeadquarters\r\n", rest].concat(), Kind::Tsv),
    }
});
