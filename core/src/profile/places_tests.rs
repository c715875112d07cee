use super::*;

#[test]
fn every_code_and_official_name_is_its_country() {
    for country in ALL {
        for spelling in [country.alpha2, country.alpha3, country.name] {
            assert_eq!(place(spelling), Place::Country(country.alpha2), "{spelling}");
            assert_eq!(place(&spelling.to_lowercase()), Place::Country(country.alpha2), "{spelling}");
        }
    }
}

#[test]
fn common_names() {
    for (code, names) in [
        ("GB", "UK|U.K.|United Kingdom|Great Britain|the UK|GBR"),
        ("US", "USA|U.S.A.|U.S.|United States|The United States of America|us"),
        ("KR", "South Korea|Republic of Korea|Korea (Republic of)|Korea|kr"),
        ("KP", "North Korea|Democratic People’s Republic of Korea"),
        ("RU", "Russia|Russian Federation"),
        ("AE", "UAE|U.A.E.|United Arab Emirates"),
        ("VN", "Vietnam|Viet Nam"),
        ("IR", "Iran|Islamic Republic of Iran"),
        ("TW", "Taiwan|Taiwan (Province of China)|Republic of China"),
        ("CN", "China|PRC|People's Republic of China"),
        ("CZ", "Czech Republic|Czechia"),
        ("NL", "Holland|Netherlands|The Netherlands|Kingdom of the Netherlands"),
        ("BO", "Bolivia"),
        ("TZ", "Tanzania|United Republic of Tanzania"),
        ("CI", "Ivory Coast|Côte d'Ivoire|Cote d’Ivoire"),
        ("TR", "Turkey|Türkiye|Turkiye"),
        ("CD", "DRC|Democratic Republic of the Congo"),
        ("CG", "Congo|Republic of the Congo"),
        ("IE", "Ireland|Republic of Ireland"),
        ("MD", "Moldova"),
        ("VE", "Venezuela"),
        ("SY", "Syria"),
        ("LA", "Laos"),
        ("MM", "Myanmar|Burma"),
        ("BS", "Bahamas|The Bahamas"),
        ("DE", "Germany|Federal Republic of Germany| germany |GERMANY|ＤＥ"),
        ("BA", "Bosnia & Herzegovina|Bosnia and Herzegovina|Bosnia-Herzegovina"),
        ("RE", "Reunion|Réunion"),
        ("VG", "British Virgin Islands|Virgin Islands (British)"),
    ] {
        for name in names.split('|') {
            assert_eq!(place(name), Place::Country(code), "{name}");
        }
    }
}

#[test]
fn everything_else_counts_by_its_own_name() {
    for name in ["EMEA", "Bavaria", "IN-KA", "Asia Pacific", "England", "दक्षिण", "中国", "X", "EU"]
    {
        assert_eq!(place(name), Place::Named(name.to_lowercase()), "{name}");
    }
    assert_eq!(place(" asia   PACIFIC"), place("Asia Pacific"));
    assert_eq!(distinct(["UK", "GB", "Great Britain", "France", " fr ", "FRA"]), 2);
    assert_eq!(distinct([]), 0);
    assert_eq!(distinct_words(["Straße", "STRASSE", "straße "]), 2);
}

#[test]
fn places_in_a_running_text() {
    let at = |text: &str| named_at(&words(text), 0);
    assert_eq!(at("India Head"), Some((1, Place::Country("IN"))));
    assert_eq!(
        at("Middle East & North Africa Lead"),
        Some((5, Place::Named("middle east and north africa".into())))
    );
    assert_eq!(at("United States"), Some((2, Place::Country("US"))));
    assert_eq!(at("HR Manager"), None);
    assert_eq!(at("IT Manager"), None);
    assert_eq!(at(""), None);
}
