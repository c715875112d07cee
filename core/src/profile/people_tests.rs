use super::*;

const TITLES: &str = include_str!("../../../tests/data/titles.tsv");

/// Roles, and their spellings, of one domain: the code under test knows none.
const ROLES: [(&str, &[&str]); 5] = [
    (
        "ld-head",
        &[
            "Chief Learning Officer",
            "Chief Talent Development Officer",
            "Chief Training Officer",
            "VP Learning",
            "VP Talent Development",
            "SVP L&D",
            "Head of L&D",
            "Head of Learning",
            "Head of Learning and Development",
            "Head of Training",
            "Head of Capability",
            "L&D Director",
            "Director of Learning",
            "Director of Training",
            "Director of Talent Development",
            "Dean of Corporate University",
            "Head of Academy",
        ],
    ),
    (
        "ld-manager",
        &[
            "L&D Manager",
            "Learning and Development Manager",
            "Training Manager",
            "Training and Development Manager",
            "Learning Manager",
        ],
    ),
    ("content-lead", &["Instructional Design Manager", "Learning Content Manager", "eLearning Manager"]),
    ("hr-head", &["CHRO", "Chief People Officer", "VP HR", "HR Director", "HR Manager"]),
    ("executive", &["CEO", "Founder", "General Manager", "President", "Country Manager"]),
];

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn spellings(titles: &[&str]) -> Spellings {
    let wide = list(&["Global", "Group", "Worldwide", "Corporate"]);
    let qualifiers = list(&["Global", "Group", "Regional", "Senior", "Interim"]);
    Spellings::new(&list(titles), &qualifiers, &wide)
}

fn role(id: &str) -> Spellings {
    spellings(ROLES.iter().find(|(role, _)| *role == id).unwrap().1)
}

fn person(title: &str, region: &str) -> Person {
    let region = if region.is_empty() { None } else { Some(region.to_owned()) };
    Person { name: "N. N.".to_owned(), title: Some(title.to_owned()), email: None, region }
}

#[test]
fn titles() {
    let roles: Vec<_> = ROLES.iter().map(|(id, titles)| (id, spellings(titles))).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in TITLES.lines().filter(|line| !line.starts_with('#') && line.contains('\t')) {
        let (title, expected) = line.split_once('\t').unwrap();
        count += 1;
        let found: Vec<String> = roles
            .iter()
            .filter_map(|(id, role)| {
                role.find(title).map(|found| format!("{id}{}", if found.wide { " wide" } else { "" }))
            })
            .collect();
        let found = if found.is_empty() { "-".to_owned() } else { found.join(", ") };
        if found != expected {
            wrong.push(format!("`{title}`: expected {expected}, found {found}"));
        }
    }
    assert!(count >= 80, "only {count} lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_most_senior_spelling_of_a_title_counts() {
    let role = role("ld-head");
    assert_eq!(role.find("Head of Training, Chief Learning Officer").unwrap().spelling, 0);
    assert_eq!(role.find("Head of Academy").unwrap().spelling, 16);
    assert!(spellings(&["", "Global", "-"]).find("").is_none());
    assert!(spellings(&["Global", "India"]).find("India").is_some());
}

#[test]
fn a_region_limits_who_matches() {
    let role = role("ld-head");
    let people = [
        person("Global Head of L&D", ""),
        person("Head of L&D", "India"),
        person("Head of L&D, Singapore", ""),
        person("Director of Training Bavaria", ""),
        person("Head of Learning, SG", ""),
        person("Chief Learning Officer, Singapore", "US"),
    ];
    for (region, expected) in [
        ("IN", Some(1)),
        ("India", Some(1)),
        ("Singapore", Some(2)),
        ("SGP", Some(2)),
        ("bavaria", Some(3)),
        ("United States", Some(5)),
        ("Kenya", None),
    ] {
        assert_eq!(best(&people, &role, Some(region)), expected, "{region}");
    }
    assert_eq!(best(&people[4..], &role, Some("Singapore")), Some(0));
    assert_eq!(best(&people, &role, None), Some(0));
    assert_eq!(best(&people, &role, Some("  ")), Some(0));
}

#[test]
fn without_a_region_the_wide_and_the_unplaced_come_first() {
    let role = role("ld-head");
    let in_order = [
        person("Chief Learning Officer", "India"),
        person("Head of Training", ""),
        person("Group Head of L&D", "UK"),
        person("Head of L&D", ""),
    ];
    assert_eq!(best(&in_order, &role, None), Some(2));
    assert_eq!(best(&in_order[..2], &role, None), Some(1));
    assert_eq!(best(&in_order[..1], &role, None), Some(0));
    assert_eq!(best(&[person("Baker", "")], &role, None), None);
    assert_eq!(best(&[Person::default()], &role, None), None);
    assert_eq!(best(&[], &role, None), None);
}

#[test]
fn stand_ins_are_tried_in_order() {
    let (head, manager, content) = (role("ld-head"), role("ld-manager"), role("content-lead"));
    let people = [person("Head of L&D", ""), person("Training Manager", "")];
    let found = |roles: &[(&Spellings, Option<&str>)]| best_with_stand_ins(&people, roles.iter().copied());
    let (head, manager, content) = ((&head, None), (&manager, None), (&content, None));
    assert_eq!(found(&[content, manager, head]), Some(Found { person: 1, role: 1 }));
    assert_eq!(found(&[head, manager]), Some(Found { person: 0, role: 0 }));
    assert_eq!(found(&[(head.0, Some("Japan")), head]), Some(Found { person: 0, role: 1 }));
    assert_eq!(found(&[content]), None);
}
