//! Times of a run as people read them on a clock.

use js_sys::Date;
use protocol::Time;
use wasm_bindgen::JsValue;

/// `11:05:23`, on this device's clock.
pub fn clock(time: Time) -> String {
    let date = Date::new(&JsValue::from_f64(time as f64));
    two([date.get_hours(), date.get_minutes(), date.get_seconds()])
}

/// `21 Nov 11:05:23` where the run took longer than a day.
pub fn clock_of(time: Time, first: Time, last: Time) -> String {
    const DAY: Time = 86_400_000;
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if last.saturating_sub(first) < DAY {
        return clock(time);
    }
    let date = Date::new(&JsValue::from_f64(time as f64));
    let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", date.get_date(), clock(time))
}

/// The time that `11:05` or `11:05:23` means on the day of `near`: its last millisecond.
pub fn on_the_day_of(near: Time, typed: &str) -> Option<Time> {
    let mut parts = typed.trim().split(':').map(|part| part.parse::<u32>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next();
    let (seconds, exact) = match seconds {
        Some(seconds) => (seconds?, true),
        None => (59, false),
    };
    if hours > 23 || minutes > 59 || seconds > 59 || parts.next().is_some() {
        return None;
    }
    let date = Date::new(&JsValue::from_f64(near as f64));
    date.set_hours(hours);
    date.set_minutes(minutes);
    // `11:05` is all of that minute.
    date.set_seconds(if exact { seconds } else { 59 });
    date.set_milliseconds(999);
    Some(date.get_time() as Time)
}

fn two(parts: [u32; 3]) -> String {
    parts.map(|part| if part < 10 { format!("0{part}") } else { part.to_string() }).join(":")
}
