//! Where to cut a region: at the threshold or value set that leaves the fewest rows on both sides.

use super::axis::Axis;
use super::extent::Extent;
use super::region::Region;
use super::settle::Space;

/// Chooses cuts; keeps its lists from one choice to the next.
#[derive(Default)]
pub struct Splitter {
    extents: Vec<Extent>,
    begins: Vec<u32>,
    ends: Vec<u32>,
    /// The extents on an axis of any subsets.
    bits: Vec<u64>,
    /// Sets of values held against others, since it was last asked.
    compared: usize,
}

/// Sets of values held against others that count as a step: more than other extents, since they are numbers in a row.
const SETS_A_STEP: usize = 2048;

/// The cheapest cut found so far.
struct Best {
    cost: u64,
    axis: usize,
    part: Extent,
}

impl Best {
    /// Offers a cut that leaves so many rows on each side.
    fn offer(&mut self, inside: u64, outside: u64, axis: usize, part: Extent) {
        let cost = inside * inside + outside * outside;
        if cost < self.cost {
            *self = Best { cost, axis, part };
        }
    }
}

impl Splitter {
    /// The axis and the part of it to split off: the one that leaves the smallest sum of squares of rows on both sides.
    /// Every row touches the region, and at least one does not cover it.
    pub fn best<'r>(
        &mut self,
        space: &Space,
        rows: impl Iterator<Item = &'r Region> + Clone,
        region: &Region,
    ) -> (usize, Extent) {
        let mut best = Best { cost: u64::MAX, axis: 0, part: region.on(0) };
        let mut cutting = 0;
        for (axis, line) in space.axes.iter().enumerate() {
            let whole = region.on(axis);
            self.extents.clear();
            let mut cuts = false;
            for row in rows.clone() {
                let extent = row.on(axis).meet(whole);
                cuts |= extent != whole;
                self.extents.push(extent);
            }
            if cuts {
                cutting += 1;
                self.offer_axis(line, axis, whole, &mut best);
            }
        }
        let axis = best.axis;
        // Rows that lie in each other along one axis alone would be split off one by one.
        let middle = (cutting == 1).then(|| self.middle(rows, axis, region.on(axis))).flatten();
        (axis, middle.unwrap_or(best.part))
    }

    /// Steps that the last choices took beyond those of a look at every row.
    pub fn steps(&mut self) -> u64 {
        (std::mem::take(&mut self.compared) / SETS_A_STEP) as u64
    }

    /// The part of a long axis below the middle one of the places where rows begin or end.
    fn middle<'r>(
        &mut self,
        rows: impl Iterator<Item = &'r Region>,
        axis: usize,
        whole: Extent,
    ) -> Option<Extent> {
        /// So few rows are cut where it is cheapest.
        const FEW: usize = 64;
        let (first, last) = match whole {
            Extent::Many { first, last, absent: false } => (first, last),
            _ => return None,
        };
        self.begins.clear();
        for (begin, end) in rows.filter_map(|row| row.on(axis).meet(whole).ends()) {
            self.begins.extend([begin, end + 1]);
        }
        self.begins.retain(|face| (first + 1..=last).contains(face));
        if self.begins.len() < FEW {
            return None;
        }
        let middle = self.begins.len() / 2;
        let (_, face, _) = self.begins.select_nth_unstable(middle);
        Some(whole.stretch(first, *face - 1))
    }

    fn offer_axis(&mut self, line: &Axis, axis: usize, whole: Extent, best: &mut Best) {
        let values = whole.without_absent();
        if whole.has_absent() && !values.is_empty() {
            let valued =
                self.extents.iter().filter(|extent| !extent.without_absent().is_empty()).count() as u64;
            let absent = self.extents.iter().filter(|extent| extent.has_absent()).count() as u64;
            best.offer(valued, absent, axis, values);
        }
        match (line.is_ordered(), whole) {
            (true, Extent::Few(_)) => self.offer_few(axis, values, best),
            (true, Extent::Many { .. }) => self.offer_many(axis, values, best),
            (false, _) => self.offer_value_sets(axis, values, best),
        }
    }

    /// Offers the part below each threshold of a row, on an axis of any subsets: counted by bits.
    fn offer_few(&mut self, axis: usize, whole: Extent, best: &mut Best) {
        let Extent::Few(whole_bits) = whole else { return };
        let (mut begins, mut ends) = ([0u64; 64], [0u64; 64]);
        let mut faces = 0u64;
        for extent in &self.extents {
            let Extent::Few(bits) = extent.without_absent() else { continue };
            if bits != 0 {
                begins[bits.trailing_zeros() as usize] += 1;
                ends[63 - bits.leading_zeros() as usize] += 1;
                faces |= bits ^ (bits << 1);
            }
        }
        let mut below_so_far = 0;
        let mut from_here: u64 = ends.iter().sum();
        for face in 1..64usize {
            below_so_far += begins[face - 1];
            from_here -= ends[face - 1];
            let below = whole_bits & ((1 << face) - 1);
            if faces & (1 << face) != 0 && below != 0 && below != whole_bits {
                best.offer(below_so_far, from_here, axis, Extent::Few(below));
            }
        }
    }

    /// Offers the part below each threshold of a row, on a long axis.
    fn offer_many(&mut self, axis: usize, whole: Extent, best: &mut Best) {
        let Some((first, last)) = whole.ends() else { return };
        self.begins.clear();
        self.ends.clear();
        for (begin, end) in self.extents.iter().filter_map(|extent| extent.ends()) {
            self.begins.push(begin);
            self.ends.push(end);
        }
        self.begins.sort_unstable();
        self.ends.sort_unstable();
        let (mut left, mut ended) = (0, 0);
        let mut face = first;
        loop {
            // The next place where a row begins, or the one after where a row ends.
            while left < self.begins.len() && self.begins[left] <= face {
                left += 1;
            }
            while ended < self.ends.len() && self.ends[ended] < face {
                ended += 1;
            }
            let next_begin = self.begins.get(left).copied().unwrap_or(u32::MAX);
            let next_end = self.ends.get(ended).map_or(u32::MAX, |end| end + 1);
            face = next_begin.min(next_end);
            if face > last {
                return;
            }
            let below = left as u64;
            while ended < self.ends.len() && self.ends[ended] < face {
                ended += 1;
            }
            let above = (self.ends.len() - ended) as u64;
            best.offer(below, above, axis, whole.stretch(first, face - 1));
        }
    }

    /// Offers the value set of each row.
    fn offer_value_sets(&mut self, axis: usize, whole: Extent, best: &mut Best) {
        /// More sets than this are not compared; the first ones, of the first rows, always are.
        const COMPARED: usize = 64;
        let mut seen: smallvec::SmallVec<[Extent; 8]> = smallvec::SmallVec::new();
        self.bits.clear();
        self.bits.extend(self.extents.iter().filter_map(|extent| match extent {
            Extent::Few(bits) => Some(*bits),
            Extent::Many { .. } => None,
        }));
        for extent in &self.extents {
            let set = extent.without_absent();
            if set.is_empty() || set == whole || seen.contains(&set) {
                continue;
            }
            if seen.len() == COMPARED {
                break;
            }
            seen.push(set);
            self.compared += 2 * self.extents.len();
            let (inside, outside) = match set {
                Extent::Few(set) => (
                    self.bits.iter().map(|own| u64::from(own & set != 0)).sum(),
                    self.bits.iter().map(|own| u64::from(own & !set != 0)).sum(),
                ),
                Extent::Many { .. } => (
                    self.extents.iter().filter(|other| other.touches(set)).count() as u64,
                    self.extents.iter().filter(|other| !other.within(set)).count() as u64,
                ),
            };
            best.offer(inside, outside, axis, set);
        }
    }
}
