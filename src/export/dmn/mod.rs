//! The decision as a DMN 1.3 file, drawn: each derived fact, the owner and the contact a decision table of its own, whose
//! first row that holds decides.

mod drawing;
mod feel;
mod model;

use std::fmt::Write;

use quick_xml::escape::escape;

use self::drawing::{Bounds, drawing, line};
use self::model::{DecisionTable, Element, TableRow, elements};
use crate::ruleset::Ruleset;

/// The ruleset as DMN. What has no value is `null` there: a fact that does not apply, and an owner where no rule holds.
pub fn dmn(ruleset: &Ruleset) -> String {
    let elements = elements(ruleset);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let name = feel::name(ruleset.name());
    let _ = write!(
        xml,
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"\n  \
         xmlns:dmndi=\"https://www.omg.org/spec/DMN/20191111/DMNDI/\"\n  \
         xmlns:dc=\"http://www.omg.org/spec/DMN/20180521/DC/\"\n  \
         xmlns:di=\"http://www.omg.org/spec/DMN/20180521/DI/\"\n  \
         id=\"definitions_{name}\" name=\"{}\" namespace=\"urn:whoowns:{name}\"\n  \
         exporter=\"whoowns\" exporterVersion=\"{}\">\n  <description>{}</description>\n",
        said(ruleset.title()),
        env!("CARGO_PKG_VERSION"),
        said(&format!("{} {}, {}", ruleset.name(), ruleset.version(), ruleset.digest())),
    );
    for element in &elements {
        match &element.table {
            None => input(&mut xml, element),
            Some(table) => decision(&mut xml, element, table, &elements),
        }
    }
    diagram(&mut xml, &elements);
    xml + "</definitions>\n"
}

fn input(xml: &mut String, element: &Element) {
    let Element { id, name, title, kind, .. } = element;
    let title = said(title);
    let _ = write!(
        xml,
        "  <inputData id=\"{id}\" name=\"{name}\" label=\"{title}\">\n    \
         <variable id=\"variable_{id}\" name=\"{name}\" typeRef=\"{kind}\" />\n  </inputData>\n"
    );
}

fn decision(xml: &mut String, element: &Element, table: &DecisionTable, elements: &[Element]) {
    let Element { id, name, title, kind, .. } = element;
    let title = said(title);
    let _ = write!(
        xml,
        "  <decision id=\"{id}\" name=\"{name}\" label=\"{title}\">\n    \
         <variable id=\"variable_{id}\" name=\"{name}\" typeRef=\"{kind}\" />\n"
    );
    for input in &table.inputs {
        let required = &elements[*input];
        let what = if required.table.is_some() { "requiredDecision" } else { "requiredInput" };
        let _ = write!(
            xml,
            "    <informationRequirement id=\"{}\">\n      <{what} href=\"#{}\" />\n    </informationRequirement>\n",
            requirement(element, required),
            required.id
        );
    }
    let _ =
        writeln!(xml, "    <decisionTable id=\"table_{id}\" hitPolicy=\"FIRST\" outputLabel=\"{title}\">");
    for (at, input) in table.inputs.iter().enumerate() {
        let tested = &elements[*input];
        clause(xml, &format!("{id}_{}", at + 1), &said(&tested.title), &tested.name, tested.kind);
    }
    // A table has to test something; what always holds tests nothing of what is given.
    if table.inputs.is_empty() {
        clause(xml, &format!("{id}_1"), "always", "true", "boolean");
    }
    let _ = write!(
        xml,
        "      <output id=\"output_{id}\" label=\"{title}\" />\n      \
         <annotation name=\"rule\" />\n      <annotation name=\"because\" />\n"
    );
    for (at, row) in table.rows.iter().enumerate() {
        rule(xml, &format!("{id}_{}", at + 1), row);
    }
    xml.push_str("    </decisionTable>\n  </decision>\n");
}

fn clause(xml: &mut String, id: &str, title: &str, expression: &str, kind: &str) {
    let _ = write!(
        xml,
        "      <input id=\"clause_{id}\" label=\"{title}\">\n        \
         <inputExpression id=\"expression_{id}\" typeRef=\"{kind}\">\n          \
         <text>{expression}</text>\n        </inputExpression>\n      </input>\n"
    );
}

fn rule(xml: &mut String, id: &str, row: &TableRow) {
    // Some editors show this alone.
    let both = [row.rule.as_str(), row.because.as_str()];
    let both: Vec<&str> = both.into_iter().filter(|part| !part.is_empty()).collect();
    let _ = write!(
        xml,
        "      <rule id=\"rule_{id}\">\n        <description>{}</description>\n",
        said(&both.join(": "))
    );
    let always = ["-".to_owned()];
    let tests = if row.tests.is_empty() { always.as_slice() } else { &row.tests };
    for (at, test) in tests.iter().enumerate() {
        entry(xml, "inputEntry", &format!(" id=\"entry_{id}_{}\"", at + 1), test);
    }
    entry(xml, "outputEntry", &format!(" id=\"then_{id}\""), &row.then);
    entry(xml, "annotationEntry", "", &row.rule);
    entry(xml, "annotationEntry", "", &row.because);
    xml.push_str("      </rule>\n");
}

fn entry(xml: &mut String, element: &str, id: &str, text: &str) {
    let _ =
        writeln!(xml, "        <{element}{id}>\n          <text>{}</text>\n        </{element}>", said(text));
}

fn diagram(xml: &mut String, elements: &[Element]) {
    let bounds = drawing(elements);
    xml.push_str("  <dmndi:DMNDI>\n    <dmndi:DMNDiagram id=\"diagram\">\n");
    for (element, Bounds { x, y, width, height }) in elements.iter().zip(&bounds) {
        let id = &element.id;
        let _ = write!(
            xml,
            "      <dmndi:DMNShape id=\"shape_{id}\" dmnElementRef=\"{id}\">\n        \
             <dc:Bounds x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" />\n      </dmndi:DMNShape>\n"
        );
    }
    for (element, to) in elements.iter().zip(&bounds) {
        for input in element.table.iter().flat_map(|table| &table.inputs) {
            let id = requirement(element, &elements[*input]);
            let _ = writeln!(xml, "      <dmndi:DMNEdge id=\"edge_{id}\" dmnElementRef=\"{id}\">");
            for (x, y) in line(bounds[*input], *to) {
                let _ = writeln!(xml, "        <di:waypoint x=\"{x}\" y=\"{y}\" />");
            }
            xml.push_str("      </dmndi:DMNEdge>\n");
        }
    }
    xml.push_str("    </dmndi:DMNDiagram>\n  </dmndi:DMNDI>\n");
}

fn requirement(of: &Element, required: &Element) -> String {
    format!("requirement_{}_{}", of.name, required.name)
}

/// A text inside XML, which has no place for most control characters.
fn said(text: &str) -> String {
    let allowed = |letter: char| {
        if letter.is_control() && letter != '\n' && letter != '\t' { '\u{fffd}' } else { letter }
    };
    let allowed =
        |letter: char| if matches!(letter, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { allowed(letter) };
    escape(text.chars().map(allowed).collect::<String>()).into_owned()
}
