//! Work beside the interpreter: its lock is let go, and an interrupt is heard.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// The time between two looks for an interrupt.
const LOOK: Duration = Duration::from_millis(50);

/// Whether work is no longer wanted.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Works on a thread of its own until it is done or Python is interrupted; then the work is told to stop, and not waited for.
pub fn patiently<T: Send + 'static>(
    py: Python,
    work: impl FnOnce(&Stop) -> PyResult<T> + Send + 'static,
) -> PyResult<T> {
    let (send, receive) = channel();
    let receive = Mutex::new(receive);
    let stop = Stop::default();
    let told = stop.clone();
    std::thread::spawn(move || send.send(work(&told)));
    loop {
        // Only this thread ever asks for it; the lock tells the compiler so.
        let got = py.detach(|| receive.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK));
        match got {
            Ok(done) => return done,
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| stop.set())?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the coder failed; what it said stands on standard error"));
            }
        }
    }
}
