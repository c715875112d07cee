//! The scripts of pages, and what lets these run there and no others.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use hmac_sha256::Hash;

/// The script of the page about a list.
pub(super) const OF_LIST: &str = include_str!("../../templates/list.js");

/// The scripts of the page that holds the program, as one.
#[cfg(feature = "cli")]
pub(super) const OF_PAGE: &str = concat!(
    include_str!("../../templates/page/elements.js"),
    include_str!("../../templates/page/engine.js"),
    include_str!("../../templates/page/entered.js"),
    include_str!("../../templates/page/decision.js"),
    include_str!("../../templates/page/known.js"),
    include_str!("../../templates/page/brief.js"),
    include_str!("../../templates/page/clients.js"),
    include_str!("../../templates/page/editor.js"),
    include_str!("../../templates/page/rules.js"),
    include_str!("../../templates/page/start.js"),
);

/// What a content security policy calls scripts that stand in a page. It knows them by their hashes, so that none runs
/// that came into the page by another way.
pub(super) fn policy(scripts: &[&str]) -> String {
    let hash = |script: &&str| format!("'sha256-{}'", BASE64_STANDARD.encode(Hash::hash(script.as_bytes())));
    scripts.iter().map(hash).collect::<Vec<_>>().join(" ")
}

/// JSON that ends no `<script>` and opens no comment, whatever its texts say.
pub(super) fn data(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_known_by_its_hash() {
        // `printf %s "alert('Hello, world.');" | openssl dgst -sha256 -binary | base64`
        assert_eq!(
            policy(&["alert('Hello, world.');"]),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn no_script_ends_early() {
        for script in [OF_LIST, OF_PAGE] {
            assert!(!script.to_lowercase().contains("</script") && !script.contains("<!--"));
            assert!(
                !script.contains('\r'),
                "a browser reads line ends as line feeds, which would be another hash"
            );
        }
    }
}
