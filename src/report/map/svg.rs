//! Small things that every SVG here needs: widths of text, colours.

/// About how wide a text is in pixels, in a sans serif of this size.
pub fn text_width(text: &str, size: f64) -> f64 {
    let units: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' | '(' | ')' => 0.38,
            'm' | 'w' | 'M' | 'W' | '&' | '@' => 0.9,
            letter if letter.is_uppercase() => 0.72,
            letter if letter.is_ascii() => 0.62,
            _ => 1.0,
        })
        .sum();
    units * size
}

/// A text in lines no wider than `width`; the last ends in `…` where `lines` are not enough.
pub fn wrap(text: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(open) = found.last_mut() else { break };
        let longer = if open.is_empty() { word.to_owned() } else { format!("{open} {word}") };
        if open.is_empty() || text_width(&longer, size) <= width {
            *open = longer;
        } else {
            found.push(word.to_owned());
        }
    }
    let cut = found.len() > lines;
    found.truncate(lines);
    let count = found.len();
    for (at, line) in found.iter_mut().enumerate() {
        let more = cut && at + 1 == count;
        if more || text_width(line, size) > width {
            while !line.is_empty() && text_width(&format!("{line}…"), size) > width {
                line.pop();
            }
            line.truncate(line.trim_end().len());
            line.push('…');
        }
    }
    found
}

/// Fill and text colour of the owner at a place, told apart by lightness as well as by hue; each pair has a contrast
/// of at least 4.5 to 1.
pub fn colour(at: usize) -> (&'static str, &'static str) {
    const COLOURS: [(&str, &str); 10] = [
        ("#bfdbfe", "#172554"),
        ("#1d4ed8", "#ffffff"),
        ("#a7f3d0", "#064e3b"),
        ("#047857", "#ffffff"),
        ("#fde68a", "#451a03"),
        ("#b45309", "#ffffff"),
        ("#e9d5ff", "#3b0764"),
        ("#7e22ce", "#ffffff"),
        ("#fecdd3", "#4c0519"),
        ("#be123c", "#ffffff"),
    ];
    COLOURS[at % COLOURS.len()]
}

/// The style of every picture, in a light and a dark room and on paper. The variables are the picture's own, so that it
/// looks the same alone and inside a page.
pub const STYLE: &str = "\
.wo{--ink:#1f2937;--soft:#5b6472;--line:#cbd5e1;--room:#ffffff;--pale:#f1f5f9;--mark:#b91c1c;\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:var(--ink)}\
.wo text{fill:var(--ink)}.wo .soft{fill:var(--soft)}.wo .room{fill:var(--room)}.wo .pale{fill:var(--pale)}\
.wo .line{stroke:var(--line);fill:none}.wo .mark{fill:var(--mark)}.wo .edge{stroke:var(--mark);fill:none}\
.wo .on{font-weight:600}\
@media (prefers-color-scheme:dark){.wo{--ink:#e5e7eb;--soft:#a3adba;--line:#475569;--room:#111827;--pale:#1f2937;\
--mark:#fca5a5}}\
@media print{.wo{--ink:#000;--soft:#333;--line:#888;--room:#fff;--pale:#eee;--mark:#b00000}}\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_to_the_width() {
        for line in wrap(&"x".repeat(200), 12.0, 100.0, 2) {
            assert!(text_width(&line, 12.0) <= 100.0);
        }
        assert_eq!(wrap("one two", 12.0, 1_000.0, 2), ["one two"]);
    }
}
