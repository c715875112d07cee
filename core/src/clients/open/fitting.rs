//! Which of the first records holds the titles.

/// Whether a header with these titles gives a fact that decides.
pub(crate) type GivesFact<'f> = dyn Fn(&[String]) -> bool + 'f;

/// Which of the first records is the first whose titles give a fact that decides. A title line that happens to mean a fact,
/// above the table, is not its header: it has a single text, or another width than what follows.
pub(super) fn fitting_titles(records: &[&[String]], gives_fact: &GivesFact) -> Option<usize> {
    let width =
        |at: usize| records[at].iter().rposition(|title| !title.trim().is_empty()).map_or(0, |last| last + 1);
    let texts = |at: usize| records[at].iter().filter(|title| !title.trim().is_empty()).count();
    let fits = |at: &usize| {
        let below = *at + 1..records.len();
        let same = below.clone().filter(|below| width(*below) <= width(*at)).count();
        2 * same >= below.len()
    };
    // Most lists have their header first, and no other record needs to be read as titles then.
    let mut giving = Vec::new();
    for at in (0..records.len()).filter(|at| gives_fact(records[*at])) {
        if texts(at) > 1 && fits(&at) {
            return Some(at);
        }
        giving.push(at);
    }
    giving.iter().copied().find(fits).or(giving.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_line_is_no_header() {
        let gives = |titles: &[String]| titles.iter().any(|title| title == "Employees");
        for (records, expected) in [
            ("Employees", Some(0)),
            ("x,y|Company,Employees|a,5", Some(1)),
            ("Employees|Company,Employees|a,5|b,6", Some(1)),
            ("Employees,,|Company,Employees,HR|a,5,y|b,6,", Some(1)),
            ("Employees,2024|Company,Employees,HR|a,5,y|b,6,y", Some(1)),
            ("Employees|5|6", Some(0)),
            ("Employees,HR|5|6,y", Some(0)),
            ("Employees,|5,|6,", Some(0)),
            ("Employees|a,5|b,6", Some(0)),
            ("x|y", None),
        ] {
            let records: Vec<Vec<String>> =
                records.split('|').map(|record| record.split(',').map(str::to_owned).collect()).collect();
            let records: Vec<&[String]> = records.iter().map(Vec::as_slice).collect();
            assert_eq!(fitting_titles(&records, &gives), expected, "{records:?}");
        }
    }
}
