//! JSON lines and JSON arrays, whatever their bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whoowns::clients::Kind;
use whoowns_fuzz::hold;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    match first % 3 {
        0 => hold(&[b"{\"name\":\"Acme\",\"headcount\":300}\n", rest].concat(), Kind::JsonLines),
        1 => hold(rest, Kind::JsonLines),
        _ => hold(rest, Kind::Json),
    }
});
