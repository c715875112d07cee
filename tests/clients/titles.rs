//! Titles of columns as real lists have them, and titles that come near.

use whoowns::Ruleset;
use whoowns::clients::{Input, Options, look};

const TITLES: &str = include_str!("../data/column-titles.tsv");

#[test]
fn titles_give_the_headcount_or_not() {
    let ruleset = Ruleset::embedded().unwrap();
    let mut counts = [0, 0];
    let mut wrong = Vec::new();
    for line in TITLES.lines().filter(|line| !line.starts_with("# A title")) {
        let (title, expected) = line.split_once('\t').unwrap();
        let text = format!("\"{title}\",HR team\n300,yes\n201-500,no\n");
        let input = Input::Stream(Box::new(std::io::Cursor::new(text)));
        let detected = look(&ruleset, input, &Options::default()).unwrap();
        let gives =
            detected.columns.iter().any(|column| column.title == title && column.gives == "headcount");
        counts[usize::from(gives)] += 1;
        if gives != (expected == "headcount") {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counts[0] >= 40 && counts[1] >= 80, "{counts:?}");
}

#[test]
fn a_title_by_words_is_confirmed_by_its_cells() {
    let ruleset = Ruleset::embedded().unwrap();
    let found = |cells: &str| {
        let input = Input::Stream(Box::new(std::io::Cursor::new(format!("Total staff,HR team\n{cells}"))));
        look(&ruleset, input, &Options::default()).unwrap()
    };
    let gives = |cells: &str| found(cells).columns.iter().any(|column| column.gives == "headcount");
    assert!(gives("300,y\nsome,y\n,y\nn/a,y\n") && gives(",y\n"));
    let refused = found("300,y\nsome,y\nmany,y\n");
    assert!(refused.columns.iter().all(|column| column.gives != "headcount"));
    assert_eq!(
        refused.choices,
        ["`Total staff` is not taken for headcount: only 1 of its first 3 cells can be read"]
    );
}
