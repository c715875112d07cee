//! Many threads, one order: blocks are worked on by several threads and come out as they went in.

use crate::clients::error::ListError;
use crate::clients::read::Supply;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ScopedJoinHandle;

/// What one thread does with a piece of work.
pub(crate) trait Worker: Send {
    /// A piece of work, kept for the next one when it is done.
    type Work: Default + Send;
    /// Its result, kept likewise.
    type Done: Default + Send;
    /// Does it, into an empty `done`.
    fn work(&mut self, work: &Self::Work, done: &mut Self::Done) -> Result<(), ListError>;
}

/// Where results go; asked by one thread at a time, in the order of the numbers.
pub(crate) trait Drain<Done>: Send {
    /// Takes a result, and leaves it empty.
    fn take(&mut self, done: &mut Done) -> Result<(), ListError>;
}

struct Queue<Done> {
    next: u64,
    /// Results whose turn has not come, each with its number: a few for each thread.
    waiting: Vec<(u64, Done)>,
    spare: Vec<Done>,
    /// Some thread is giving results to the drain.
    draining: bool,
    failed: Option<ListError>,
    /// Some thread has panicked.
    panicked: bool,
}

/// Runs all work through the workers, one thread each, and gives the workers back.
///
/// # Errors
/// The first failure of a supply, a worker or the drain; all threads then stop.
pub(crate) fn run<W, S, D>(mut workers: Vec<W>, supply: S, drain: D) -> Result<Vec<W>, ListError>
where
    W: Worker,
    S: Supply<W::Work>,
    D: Drain<W::Done>,
{
    let most_waiting = 2 * workers.len();
    let supply = Mutex::new(supply);
    let drain = Mutex::new(drain);
    let queue = Mutex::new(Queue {
        next: 0,
        waiting: Vec::new(),
        spare: Vec::new(),
        draining: false,
        failed: None,
        panicked: false,
    });
    let moved = Condvar::new();
    let one = |worker: &mut W| {
        let mut work = W::Work::default();
        let alarm = Alarm { queue: &queue, moved: &moved };
        let result = (|| {
            loop {
                let Some(number) = lock(&supply).next(&mut work)? else { return Ok(()) };
                let mut done = lock(&queue).spare.pop().unwrap_or_default();
                worker.work(&work, &mut done)?;
                if !pass_on(&queue, &moved, &drain, (number, done), most_waiting)? {
                    return Ok(());
                }
            }
        })();
        if let Err(error) = result {
            lock(&queue).failed.get_or_insert(error);
            moved.notify_all();
        }
        drop(alarm);
    };
    let one = &one;
    at_once(workers.iter_mut().map(|worker| Box::new(move || one(worker)) as Job<'_>).collect());
    match queue.into_inner().unwrap_or_else(PoisonError::into_inner).failed {
        Some(error) => Err(error),
        None => Ok(workers),
    }
}

/// What one thread does until nothing is left to do. Boxed, so that threads are begun and joined by the same code
/// whatever they do.
type Job<'j> = Box<dyn FnOnce() + Send + 'j>;

/// Does jobs at once, one thread each.
fn at_once(mut jobs: Vec<Job>) {
    // One job needs no thread beside the one that is here, and not every machine has another.
    if jobs.len() == 1 {
        return jobs.drain(..).for_each(|job| job());
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = jobs.into_iter().map(|job| scope.spawn(job)).collect();
        let joined: Vec<_> = threads.into_iter().map(ScopedJoinHandle::join).collect();
        // A thread that panics is a defect of the program, and nothing of it may be passed over.
        joined.into_iter().for_each(|joined| joined.unwrap_or_else(|panic| resume_unwind(panic)));
    });
}

/// Wakes all other threads when the one that has it panics, so that they do not wait for it.
struct Alarm<'q, Done> {
    queue: &'q Mutex<Queue<Done>>,
    moved: &'q Condvar,
}

impl<Done> Drop for Alarm<'_, Done> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.queue).panicked = true;
            self.moved.notify_all();
        }
    }
}

/// Puts a result in the queue, and gives to the drain what is next in the queue. False if another thread has failed.
fn pass_on<Done, D: Drain<Done>>(
    queue: &Mutex<Queue<Done>>,
    moved: &Condvar,
    drain: &Mutex<D>,
    (number, done): (u64, Done),
    most_waiting: usize,
) -> Result<bool, ListError> {
    let mut state = lock(queue);
    state.waiting.push((number, done));
    loop {
        if state.failed.is_some() || state.panicked {
            return Ok(false);
        }
        if !state.draining && state.waiting.iter().any(|(number, _)| *number == state.next) {
            break;
        }
        if state.waiting.len() <= most_waiting {
            return Ok(true);
        }
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    state.draining = true;
    loop {
        let next = state.next;
        let Some(at) = state.waiting.iter().position(|(number, _)| *number == next) else { break };
        let (_, mut done) = state.waiting.swap_remove(at);
        drop(state);
        lock(drain).take(&mut done)?;
        state = lock(queue);
        state.next += 1;
        state.spare.push(done);
        moved.notify_all();
    }
    state.draining = false;
    Ok(state.failed.is_none() && !state.panicked)
}

/// A poisoned lock means that another thread has panicked; its panic is what the user gets to see.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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

    /// Fails at a number.
    struct Squares(u64);
    impl Worker for Squares {
        type Work = u64;
        type Done = Vec<u64>;
        fn work(&mut self, work: &u64, done: &mut Vec<u64>) -> Result<(), ListError> {
            std::thread::yield_now();
            done.push(work * work);
            if *work == self.0 { Err(ListError::Usage("no".into())) } else { Ok(()) }
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
            let workers =
                run((0..threads).map(|_| Squares(900)).collect(), Numbers(0), Keep(&mut kept, 1000)).unwrap();
            assert_eq!(workers.len(), threads);
            assert_eq!(kept, (0..500).map(|number| number * number).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn a_failure_of_the_drain_ends_every_thread() {
        let mut kept = Vec::new();
        let failed = run((0..4).map(|_| Squares(900)).collect(), Numbers(0), Keep(&mut kept, 20));
        assert!(failed.is_err_and(|error| error.to_string() == "full"));
    }

    #[test]
    fn a_failure_of_a_worker_ends_every_thread() {
        let mut kept = Vec::new();
        let failed = run((0..4).map(|_| Squares(300)).collect(), Numbers(0), Keep(&mut kept, 1000));
        assert!(failed.is_err_and(|error| error.to_string() == "no"));
        assert!(kept.len() <= 300, "{}", kept.len());
    }

    #[test]
    fn a_panic_of_a_worker_is_passed_on_and_ends_every_thread() {
        struct Panics;
        impl Worker for Panics {
            type Work = u64;
            type Done = Vec<u64>;
            fn work(&mut self, work: &u64, _: &mut Vec<u64>) -> Result<(), ListError> {
                assert!(*work != 7, "at seven");
                Ok(())
            }
        }
        for threads in [1, 2, 4] {
            let panicked = std::panic::catch_unwind(|| {
                let mut kept = Vec::new();
                run((0..threads).map(|_| Panics).collect(), Numbers(0), Keep(&mut kept, 1000)).is_ok()
            });
            let panic = panicked.unwrap_err();
            assert_eq!(panic.downcast_ref::<&str>(), Some(&"at seven"));
        }
    }
}
