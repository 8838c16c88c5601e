//! What a piece of work costs.

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds of processor time that all threads of this process have used. On a machine that others use too, the time
/// on the wall says how busy they are.
pub fn processor_time() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0)
}

/// The result of the work and the nanoseconds of processor time it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = processor_time();
    let result = work();
    (result, processor_time() - before)
}

/// The most memory that this process has held, in kB, from the kernel's account; `None` where there is none.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{processor_time, timed};
    use std::time::Duration;

    #[test]
    fn sleeping_costs_no_processor_time_and_working_does() {
        // Other tests of this process work beside this one: noise only adds.
        let asleep = (0..20).map(|_| timed(|| std::thread::sleep(Duration::from_millis(50))).1).min().unwrap();
        assert!(asleep < 40_000_000, "{asleep} ns");
        let ((), at_work) = timed(|| {
            let start = processor_time();
            while processor_time() < start + 5_000_000 {}
        });
        assert!(at_work >= 5_000_000, "{at_work} ns");
    }
}
