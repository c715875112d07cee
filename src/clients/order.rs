//! Many hands, one order: blocks are worked on by several threads and come out as they went in.

use super::error::ListError;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What one thread needs: where numbered work comes from, and how it is done.
pub(super) trait Hand: Send {
    /// A piece of work, kept for the next one when it is done.
    type Work: Default + Send;
    /// Its result, kept likewise.
    type Done: Default + Send;
    /// Does it, into an empty `done`.
    fn work(&mut self, work: &Self::Work, done: &mut Self::Done) -> Result<(), ListError>;
}

/// Where numbered work comes from; asked by one thread at a time.
pub(super) trait Supply<Work>: Send {
    /// Fills `work`, and says its number: 0, 1, 2 and so on. `None` at the end.
    fn next(&mut self, work: &mut Work) -> Result<Option<u64>, ListError>;
}

/// Where results go; asked by one thread at a time, in the order of the numbers.
pub(super) trait Drain<Done>: Send {
    /// Takes a result, and leaves it empty.
    fn take(&mut self, done: &mut Done) -> Result<(), ListError>;
}

struct Line<Done> {
    next: u64,
    waiting: BTreeMap<u64, Done>,
    spare: Vec<Done>,
    /// Some thread is giving results to the drain.
    draining: bool,
    failed: Option<ListError>,
}

/// Runs all work through the hands, one thread each, and gives the hands back.
///
/// # Errors
/// The first failure of a supply, a hand or the drain; all threads then stop.
pub(super) fn run<H, S, D>(hands: Vec<H>, supply: S, drain: D) -> Result<Vec<H>, ListError>
where
    H: Hand,
    S: Supply<H::Work>,
    D: Drain<H::Done>,
{
    let most_waiting = 2 * hands.len();
    let supply = Mutex::new(supply);
    let drain = Mutex::new(drain);
    let line = Mutex::new(Line {
        next: 0,
        waiting: BTreeMap::new(),
        spare: Vec::new(),
        draining: false,
        failed: None,
    });
    let moved = Condvar::new();
    let one = |mut hand: H| {
        let mut work = H::Work::default();
        let result = (|| {
            loop {
                let Some(number) = hold(&supply).next(&mut work)? else { return Ok(()) };
                let mut done = hold(&line).spare.pop().unwrap_or_default();
                hand.work(&work, &mut done)?;
                if !pass_on(&line, &moved, &drain, (number, done), most_waiting)? {
                    return Ok(());
                }
            }
        })();
        if let Err(error) = result {
            hold(&line).failed.get_or_insert(error);
            moved.notify_all();
        }
        hand
    };
    // One hand needs no thread beside the one that is here, and not every machine has another.
    if hands.len() == 1 {
        let hands = hands.into_iter().map(one).collect();
        return ended(line).map(|()| hands);
    }
    let one = &one;
    let hands = std::thread::scope(|scope| {
        let threads: Vec<_> = hands.into_iter().map(|hand| scope.spawn(move || one(hand))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    ended(line).map(|()| hands)
}

/// The first failure, where there was one.
fn ended<Done>(line: Mutex<Line<Done>>) -> Result<(), ListError> {
    match line.into_inner().unwrap_or_else(PoisonError::into_inner).failed {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Puts a result in line, and gives to the drain what is next in line. False if another thread has failed.
fn pass_on<Done, D: Drain<Done>>(
    line: &Mutex<Line<Done>>,
    moved: &Condvar,
    drain: &Mutex<D>,
    (number, done): (u64, Done),
    most_waiting: usize,
) -> Result<bool, ListError> {
    let mut held = hold(line);
    held.waiting.insert(number, done);
    loop {
        if held.failed.is_some() {
            return Ok(false);
        }
        if !held.draining && held.waiting.contains_key(&held.next) {
            break;
        }
        if held.waiting.len() <= most_waiting {
            return Ok(true);
        }
        held = moved.wait(held).unwrap_or_else(PoisonError::into_inner);
    }
    held.draining = true;
    loop {
        let next = held.next;
        let Some(mut done) = held.waiting.remove(&next) else { break };
        drop(held);
        hold(drain).take(&mut done)?;
        held = hold(line);
        held.next += 1;
        held.spare.push(done);
        moved.notify_all();
    }
    held.draining = false;
    Ok(held.failed.is_none())
}

/// A poisoned lock means that another thread has panicked; its panic is what the user gets to see.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Numbers(u64);
    impl Supply<u64> for Numbers {
        fn next(&mut self, work: &mut u64) -> Result<Option<u64>, ListError> {
            *work = self.0;
            self.0 += 1;
            Ok((*work < 500).then_some(*work))
        }
    }

    struct Squares;
    impl Hand for Squares {
        type Work = u64;
        type Done = Vec<u64>;
        fn work(&mut self, work: &u64, done: &mut Vec<u64>) -> Result<(), ListError> {
            std::thread::yield_now();
            done.push(work * work);
            if *work == 900 { Err(ListError::Usage("no".into())) } else { Ok(()) }
        }
    }

    struct Keep<'k>(&'k mut Vec<u64>, usize);
    impl Drain<Vec<u64>> for Keep<'_> {
        fn take(&mut self, done: &mut Vec<u64>) -> Result<(), ListError> {
            self.0.append(done);
            if self.0.len() > self.1 { Err(ListError::Usage("full".into())) } else { Ok(()) }
        }
    }

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            let mut kept = Vec::new();
            let hands =
                run((0..threads).map(|_| Squares).collect(), Numbers(0), Keep(&mut kept, 1000)).unwrap();
            assert_eq!(hands.len(), threads);
            assert_eq!(kept, (0..500).map(|number| number * number).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn a_failure_ends_every_thread() {
        let mut kept = Vec::new();
        let failed = run((0..4).map(|_| Squares).collect(), Numbers(0), Keep(&mut kept, 20));
        assert!(failed.is_err_and(|error| error.to_string() == "full"));
    }
}
