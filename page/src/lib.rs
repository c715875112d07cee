//! The program behind the page: a call takes JSON, and bytes behind it, and gives JSON, and bytes behind it.
//!
//! Nothing is decided here: each call reads what was asked, lets the library answer, and writes what it said. A page
//! asks for [`room`], puts its question there, makes the [`call`], and takes the answer from where [`answer`] says.
#![allow(unsafe_code, reason = "what a page calls needs a name that it can find, which counts as unsafe")]

mod answer;
mod calls;
mod lists;
mod profiles;
mod rules;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use calls::respond;

/// What goes in, and then what comes out.
static EXCHANGE: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn exchange() -> MutexGuard<'static, Vec<u8>> {
    EXCHANGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Room for a question of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    let mut exchange = exchange();
    exchange.clear();
    exchange.resize(length, 0);
    exchange.as_mut_ptr()
}

/// Answers the question, and says how long the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn call() -> usize {
    let question = std::mem::take(&mut *exchange());
    let answer = respond(&question);
    let length = answer.len();
    *exchange() = answer;
    length
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    exchange().as_ptr()
}
