//! A client list answered by the library: rows come in through `Read`, answers go out through `Write`.

use std::io::Cursor;

use whoowns::Ruleset;
use whoowns::clients::{Input, Options, Output, Outputs, RejectsTo, Silent, run};

const CLIENTS: &str = "Company,Employees,HR team\nAcme,300,yes\nGlobex,\"10,001+\",yes\nInitech,many,no\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ruleset = Ruleset::embedded()?;
    let outputs = Outputs {
        answers: Output::stream(Box::new(std::io::stdout())),
        rejects: RejectsTo::Stream(Box::new(std::io::stderr())),
        page: None,
    };
    let list = Input::Stream(Box::new(Cursor::new(CLIENTS)));
    let summary = run(&ruleset, list, outputs, &Options::default(), &mut Silent)?;
    assert_eq!(summary.rows, 3);
    Ok(())
}
