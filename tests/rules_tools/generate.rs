//! Decision tables of the shape of Calvanese et al., "Semantics and Analysis of DMN Decision Tables" (BPM 2016;
//! Information Systems 78, 2018): the leaves of a random decision tree, a tenth of them widened, a tenth shrunk. And
//! tables whose rows overlap at random.

use std::fmt::Write;

/// Numbers from a seed, the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

/// The numbers a fact of a generated table takes: 0 to this.
pub const LAST: u64 = 9_999;
const ROLES: u64 = 8;

type Leaf = Vec<(u64, u64)>;

/// The leaves of a random decision tree over so many facts, some widened and some shrunk.
pub fn leaves(rows: usize, facts: usize, seed: u64) -> Vec<Leaf> {
    let mut random = Random::new(seed);
    let mut leaves: Vec<Leaf> = vec![vec![(0, LAST); facts]];
    while leaves.len() < rows {
        let at = random.below(leaves.len() as u64) as usize;
        let fact = random.below(facts as u64) as usize;
        let (first, last) = leaves[at][fact];
        if last - first < 8 {
            continue;
        }
        let cut = first + 1 + random.below(last - first);
        let mut other = leaves[at].clone();
        leaves[at][fact].1 = cut - 1;
        other[fact].0 = cut;
        leaves.push(other);
    }
    for leaf in &mut leaves {
        let chance = random.below(10);
        let fact = random.below(facts as u64) as usize;
        let (first, last) = leaf[fact];
        let step = (last - first) / 4 + 1;
        match chance {
            0 => leaf[fact] = (first.saturating_sub(step), (last + step).min(LAST)),
            1 if last - first > 2 * step => leaf[fact] = (first + step, last - step),
            _ => {}
        }
    }
    leaves
}

/// Rows that test three facts at random, all overlapping.
pub fn overlapping(rows: usize, facts: usize, seed: u64) -> Vec<Leaf> {
    let mut random = Random::new(seed);
    let row = |_| {
        let mut row = vec![(0, LAST); facts];
        for _ in 0..3 {
            let fact = random.below(facts as u64) as usize;
            let (a, b) = (random.below(LAST), random.below(LAST));
            row[fact] = (a.min(b), a.max(b));
        }
        row
    };
    (0..rows).map(row).collect()
}

/// The rows as the owner table of a ruleset.
pub fn ruleset(leaves: &[Leaf], seed: u64) -> String {
    let mut random = Random::new(seed + 1);
    let mut text =
        String::from("[ruleset]\nname = \"generated\"\nversion = \"1.0.0\"\ntitle = \"Generated\"\n\n");
    for fact in 0..leaves.first().map_or(0, Vec::len) {
        let _ = write!(
            text,
            "[facts.f{fact}]\nkind = \"integer\"\nrange = \"0..={LAST}\"\nask = \"f{fact}?\"\n\n"
        );
    }
    for role in 0..ROLES {
        let _ = write!(text, "[roles.r{role}]\ntitle = \"R{role}\"\n\n");
    }
    for (at, leaf) in leaves.iter().enumerate() {
        let tests: Vec<String> = leaf
            .iter()
            .enumerate()
            .filter(|(_, range)| **range != (0, LAST))
            .map(|(fact, (first, last))| format!("f{fact} = \"{first}..={last}\""))
            .collect();
        let role = random.below(ROLES);
        let _ = write!(
            text,
            "[[owner]]\nid = \"row-{at}\"\nwhen = {{ {} }}\nrole = \"r{role}\"\n\n",
            tests.join(", ")
        );
    }
    text.push_str("[[contact]]\nid = \"any\"\nrole = \"r0\"\n\n[[stakeholder]]\nid = \"a\"\nrole = \"owner\"\nraci = \"A\"\n");
    text
}
