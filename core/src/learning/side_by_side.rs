//! Tasks done by several threads, none of which knows of the others.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does every task, each by whichever worker is free; there is a thread for each worker.
pub fn side_by_side<Worker: Send, Task: Sync>(
    workers: &mut [Worker],
    tasks: &[Task],
    work: impl Fn(&mut Worker, &Task) + Sync,
) {
    let next = AtomicUsize::new(0);
    let one = |worker: &mut Worker| {
        while let Some(task) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(worker, task);
        }
    };
    match workers {
        // One worker needs no thread beside the one that is here, and not every machine has another.
        [only] => one(only),
        many => std::thread::scope(|scope| {
            let threads: Vec<_> = many.iter_mut().map(|worker| scope.spawn(|| one(worker))).collect();
            for thread in threads {
                // A thread that panics is a defect of the program, and nothing of it may be passed over.
                thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_done_once() {
        let tasks: Vec<u64> = (0..1_000).collect();
        for count in [1, 2, 7] {
            let mut sums = vec![(0, 0); count];
            side_by_side(&mut sums, &tasks, |sum, task| *sum = (sum.0 + 1, sum.1 + task));
            let all = sums.iter().fold((0, 0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
            assert_eq!(all, (1_000, 499_500));
        }
    }
}
