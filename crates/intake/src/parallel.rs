//! Work on many pages at a time, with results in the order of the pages.

use crate::item::Item;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many pages may be under way for each thread: waiting for work, at work, or done and waiting for their turn.
const PAGES_PER_THREAD: usize = 2;
/// How many bytes of pages may be under way. A larger page waits until it is the only one.
pub const MAX_BYTES_UNDER_WAY: usize = 64 << 20;
/// The stack of a worker, in bytes: that of the main thread on most systems, so that one thread reads what sixteen can.
const STACK_BYTES: usize = 8 << 20;

/// How much memory something takes while it is under way.
pub trait ByteSize {
    /// Its size in bytes.
    fn bytes(&self) -> usize;
}

impl ByteSize for Item {
    fn bytes(&self) -> usize {
        match self {
            Item::Capture(capture) => capture.page.as_bytes().len(),
            Item::Unreadable(_) => 0,
        }
    }
}

/// Passes every result of `work` to `sink`, in the order of `items`, whatever the number of threads. Stops at the first
/// error of `sink`, and returns it. With one thread, or for one item, no thread is started.
pub fn in_order<T, R>(
    mut items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()>
where
    T: ByteSize + Send,
    R: Send,
{
    let Some(first) = items.next() else { return Ok(()) };
    let second = if threads > 1 { items.next() } else { None };
    let Some(second) = second else {
        sink(work(first))?;
        return items.try_for_each(|item| sink(work(item)));
    };
    let items = [first, second].into_iter().chain(items);

    let under_way = threads * PAGES_PER_THREAD;
    let (order_in, order_out) = sync_channel::<Promise<R>>(under_way);
    let (jobs_in, jobs_out) = sync_channel::<Job<T, R>>(under_way);
    let jobs_out = Mutex::new(jobs_out);
    let budget = Budget::default();
    let (jobs_out, budget, work) = (&jobs_out, &budget, &work);
    thread::scope(|scope| {
        let run = move || {
            while let Some(job) = next_job(jobs_out) {
                // A panic drops the sender, so that nobody waits for the result. After an error of the sink nobody waits.
                let _ = catch_unwind(AssertUnwindSafe(|| job.result.send(work(job.item))));
            }
        };
        // The system may give fewer threads than asked for; fewer do as well.
        let worker = || thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run);
        if (0..threads).map_while(|_| worker().ok()).count() == 0 {
            return Err(io::Error::other("no thread could be started"));
        }
        scope.spawn(move || feed(items, &order_in, &jobs_in, budget));
        let printed = order_out.iter().try_for_each(|promise| {
            let result = promise.result.recv().map_err(|_| io::Error::other("work on a page failed"))?;
            sink(result)?;
            budget.give_back(promise.bytes);
            Ok(())
        });
        drop(order_out);
        budget.close();
        printed
    })
}

/// A result that will come.
struct Promise<R> {
    result: Receiver<R>,
    bytes: usize,
}

struct Job<T, R> {
    item: T,
    result: SyncSender<R>,
}

fn next_job<T, R>(jobs: &Mutex<Receiver<Job<T, R>>>) -> Option<Job<T, R>> {
    locked(jobs).recv().ok()
}

/// Hands out items until there are no more, or until the sink has stopped.
fn feed<T: ByteSize, R>(
    items: impl Iterator<Item = T>,
    order: &SyncSender<Promise<R>>,
    jobs: &SyncSender<Job<T, R>>,
    budget: &Budget,
) {
    for item in items {
        let bytes = item.bytes();
        if !budget.take(bytes) {
            return;
        }
        let (sender, result) = sync_channel(1);
        if order.send(Promise { result, bytes }).is_err() || jobs.send(Job { item, result: sender }).is_err() {
            return;
        }
    }
}

/// How many bytes of pages are under way; `None` once the sink has stopped.
struct Budget {
    used: Mutex<Option<usize>>,
    changed: Condvar,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { used: Mutex::new(Some(0)), changed: Condvar::new() }
    }
}

impl Budget {
    /// Waits until there is room or nothing else is under way; `false` once the sink has stopped.
    fn take(&self, bytes: usize) -> bool {
        let mut used = locked(&self.used);
        loop {
            match *used {
                None => return false,
                Some(now) if now == 0 || now + bytes <= MAX_BYTES_UNDER_WAY => {
                    *used = Some(now + bytes);
                    return true;
                }
                Some(_) => used = self.changed.wait(used).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn give_back(&self, bytes: usize) {
        let mut used = locked(&self.used);
        *used = used.map(|now| now.saturating_sub(bytes));
        self.changed.notify_all();
    }

    fn close(&self) {
        *locked(&self.used) = None;
        self.changed.notify_all();
    }
}

/// Locks a value even after a holder panicked: no change to it takes more than one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    struct Page(usize, usize);
    impl ByteSize for Page {
        fn bytes(&self) -> usize {
            self.1
        }
    }

    #[test]
    fn results_keep_the_order_of_the_pages() {
        for threads in [1, 2, 8] {
            let mut seen = Vec::new();
            let work = |page: Page| {
                // Earlier pages take longer, so that later ones are done first.
                thread::sleep(Duration::from_micros(500 * (3 - page.0 as u64 % 4)));
                page.0
            };
            let sink = |number| {
                seen.push(number);
                Ok(())
            };
            in_order((0..50).map(|number| Page(number, 1)), threads, work, sink).unwrap();
            assert_eq!(seen, (0..50).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_pages_are_under_way_than_there_is_room_for() {
        let taken = AtomicUsize::new(0);
        let printed = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let pages = (0..100).map(|number| {
            let now = taken.fetch_add(1, Ordering::SeqCst) + 1 - printed.load(Ordering::SeqCst);
            most.fetch_max(now, Ordering::SeqCst);
            Page(number, MAX_BYTES_UNDER_WAY / 3)
        });
        let sink = |_| {
            printed.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        in_order(pages, 8, |page| page.0, sink).unwrap();
        // Three fit; one is in the feeder's hand, one in the printer's.
        assert!(most.load(Ordering::SeqCst) <= 5, "{most:?} pages at a time");
    }

    #[test]
    fn a_page_larger_than_the_room_is_read_alone() {
        let mut seen = 0;
        let pages = (0..3).map(|number| Page(number, MAX_BYTES_UNDER_WAY * 2));
        let sink = |_| {
            seen += 1;
            Ok(())
        };
        in_order(pages, 4, |page| page.0, sink).unwrap();
        assert_eq!(seen, 3);
    }

    #[test]
    fn a_panic_at_work_ends_everything_and_hangs_nothing() {
        let pages = (0..1000).map(|number| Page(number, 1));
        let work = |page: Page| assert!(page.0 < 10, "as this test wants it");
        assert!(in_order(pages, 4, work, |()| Ok(())).is_err());
    }

    #[test]
    fn an_error_of_the_sink_ends_everything() {
        for threads in [1, 4] {
            let pages = (0..).map(|number| Page(number, MAX_BYTES_UNDER_WAY / 2));
            let sink = |number| if number == 5 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) };
            let ended = in_order(pages, threads, |page| page.0, sink);
            assert_eq!(ended.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
        }
    }
}
