//! Batches read on several threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rten::ThreadPool;

use super::ReaderError;

/// What `read` gives of each of some batches, which are lists of indices, in the order of these.
pub(super) fn read<T: Send>(
    batches: &[Vec<usize>],
    threads: usize,
    read: impl Fn(&[usize], &Arc<ThreadPool>) -> Result<Vec<T>, ReaderError> + Sync,
) -> Result<Vec<T>, ReaderError> {
    let next = AtomicUsize::new(0);
    let work = || {
        // One thread of the runtime for each of ours: batches, not products, are what runs side by side.
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let mut done = Vec::new();
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.extend(batch.iter().copied().zip(read(batch, &pool)?));
        }
        Ok::<_, ReaderError>(done)
    };
    let mut done = if threads <= 1 || batches.len() <= 1 {
        work()?
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads.min(batches.len())).map(|_| scope.spawn(work)).collect();
            let mut all = Vec::new();
            for worker in workers {
                all.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok::<_, ReaderError>(all)
        })?
    };
    done.sort_by_key(|(i, _)| *i);
    Ok(done.into_iter().map(|(_, read)| read).collect())
}
