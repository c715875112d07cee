//! `--actual`: the columns that say who really had the roles.

use anyhow::bail;
use clap::Args;
use whoowns::Ruleset;
use whoowns::clients::{Actual, ActualColumns, Actuals, Gathered};

use super::batch_values::pair;

/// Which columns say who really had the roles.
#[derive(Debug, Args)]
pub struct ActualArguments {
    /// The column that says who really owned (`owner=COLUMN`), or was the contact (`contact=COLUMN`): role ids, titles of
    /// roles or job titles; may be repeated
    #[arg(long, value_name = "ROLE=COLUMN", value_parser = pair)]
    pub actual: Vec<(String, String)>,
}

impl ActualArguments {
    /// The columns, if any are named.
    pub fn columns(&self) -> anyhow::Result<Option<ActualColumns>> {
        let (mut owner, mut contact) = (None, None);
        for (what, column) in &self.actual {
            let place = match what.as_str() {
                "owner" => &mut owner,
                "contact" => &mut contact,
                other => bail!(
                    "`--actual` says who was the owner or the contact, not `{other}`: write owner=COLUMN"
                ),
            };
            if column.is_empty() {
                bail!("`--actual {what}=` names no column: write {what}=COLUMN");
            }
            if let Some(first) = place.replace(column.clone()) {
                bail!("`--actual` names both `{first}` and `{column}` for the {what}: name one");
            }
        }
        match owner {
            Some(owner) => Ok(Some(ActualColumns { owner: Some(owner), contact })),
            None if contact.is_some() => {
                bail!(
                    "`--actual` names a column for the contact alone: name that of the owner too, owner=COLUMN"
                )
            }
            None => Ok(None),
        }
    }
}

/// Refuses a list of which no row says that a role of the ruleset owned.
pub fn refuse_useless(ruleset: &Ruleset, columns: &ActualColumns, actuals: &Actuals) -> anyhow::Result<()> {
    refuse(ruleset, columns, &actuals.others[0], (actuals.says_nothing(), actuals.names_no_role()))
}

/// The same of a list gathered to learn from.
pub fn refuse_gathered(
    ruleset: &Ruleset,
    columns: &ActualColumns,
    gathered: &Gathered,
) -> anyhow::Result<()> {
    let named = gathered.rows.iter().any(|row| matches!(row.owner, Actual::Roles(_)));
    let nothing = gathered.rows.is_empty() && gathered.invalid == 0;
    if gathered.rows.is_empty() && gathered.invalid > 0 {
        bail!(
            "every row that says who owned has a cell that cannot be read; `whoowns batch` says which and why"
        );
    }
    refuse(ruleset, columns, &gathered.others, (nothing, !named))
}

fn refuse(
    ruleset: &Ruleset,
    columns: &ActualColumns,
    others: &[(String, u64)],
    (says_nothing, names_no_role): (bool, bool),
) -> anyhow::Result<()> {
    let column = columns.owner.as_deref().unwrap_or_default();
    if says_nothing {
        bail!("the column `{column}` says of no row who owned: every cell is empty or unknown");
    }
    if names_no_role {
        let commonest =
            others.iter().take(3).map(|(text, _)| format!("`{text}`")).collect::<Vec<_>>().join(", ");
        let roles: Vec<String> =
            ruleset.roles().iter().take(3).map(|role| format!("`{}`", role.id)).collect();
        bail!(
            "nothing in the column `{column}` is a role or a job title of one ({commonest}): expected ids such as {}, \
             titles of roles, or job titles that the ruleset lists under `titles`",
            roles.join(", ")
        );
    }
    Ok(())
}
