//! Cells as delimited text writes them.

/// Appends a cell, in quotes where it would be read differently without.
pub(crate) fn push_cell(out: &mut Vec<u8>, cell: &[u8], separator: u8) {
    let plain = |byte: &u8| *byte != separator && !matches!(byte, b'"' | b'\n' | b'\r');
    if cell.iter().all(plain) {
        return out.extend_from_slice(cell);
    }
    out.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// Whether a spreadsheet would run a cell as a formula. Plain signed numbers are none.
pub(crate) fn is_formula(cell: &[u8]) -> bool {
    match cell {
        [b'=' | b'@' | b'\t' | b'\r', ..] => true,
        [b'+' | b'-', rest @ ..] => {
            !rest.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_where_needed() {
        for (cell, expected) in [
            ("a", "a"),
            ("", ""),
            ("a;b", "a;b"),
            ("a,b", "\"a,b\""),
            ("\"", "\"\"\"\""),
            ("a\nb", "\"a\nb\""),
        ] {
            let mut out = Vec::new();
            push_cell(&mut out, cell.as_bytes(), b',');
            assert_eq!(out, expected.as_bytes());
        }
    }

    #[test]
    fn formulas() {
        for cell in ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "\t=1"] {
            assert!(is_formula(cell.as_bytes()), "{cell}");
        }
        for cell in ["", "-5", "+10.000", "a=b", "-"] {
            assert!(!is_formula(cell.as_bytes()), "{cell}");
        }
    }
}
