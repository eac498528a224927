//! The pointer: real input events, as many moves as a hand would make.

use anyhow::Result;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};

use crate::person::{Person, Target};

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub fn by(self, dx: f64, dy: f64) -> Point {
        Point { x: self.x + dx, y: self.y + dy }
    }
}

impl Person {
    pub async fn click(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.click_at(at, 1).await
    }

    pub async fn double_click(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.double_click_at(at).await
    }

    pub async fn double_click_at(&self, at: Point) -> Result<()> {
        self.click_at(at, 1).await?;
        self.click_at(at, 2).await
    }

    pub async fn click_at(&self, at: Point, count: i64) -> Result<()> {
        self.pointer(DispatchMouseEventType::MouseMoved, at, 0, 0).await?;
        self.pointer(DispatchMouseEventType::MousePressed, at, 1, count).await?;
        self.pointer(DispatchMouseEventType::MouseReleased, at, 0, count).await
    }

    pub async fn hover(&self, target: impl Into<Target>) -> Result<()> {
        let at = self.find(target).await?;
        self.pointer(DispatchMouseEventType::MouseMoved, at, 0, 0).await
    }

    /// Presses on the target, moves in `moves` steps to the place and releases there.
    pub async fn drag(&self, target: impl Into<Target>, to: Point, moves: usize) -> Result<()> {
        let from = self.grab(target).await?;
        self.carry(from, to, moves).await?;
        self.release(to).await
    }

    /// The first part of a drag: the pointer is down on the target's middle, which is returned.
    pub async fn grab(&self, target: impl Into<Target>) -> Result<Point> {
        let at = self.find(target).await?;
        self.pointer(DispatchMouseEventType::MouseMoved, at, 0, 0).await?;
        self.pointer(DispatchMouseEventType::MousePressed, at, 1, 1).await?;
        Ok(at)
    }

    pub async fn carry(&self, from: Point, to: Point, moves: usize) -> Result<()> {
        for step in 1..=moves {
            let part = step as f64 / moves as f64;
            let at = from.by((to.x - from.x) * part, (to.y - from.y) * part);
            self.pointer(DispatchMouseEventType::MouseMoved, at, 1, 0).await?;
        }
        Ok(())
    }

    pub async fn release(&self, at: Point) -> Result<()> {
        self.pointer(DispatchMouseEventType::MouseReleased, at, 0, 1).await
    }

    /// Turns the wheel at a place, `ctrl` as for zooming.
    pub async fn wheel(&self, at: Point, dx: f64, dy: f64, ctrl: bool) -> Result<()> {
        let mut event = DispatchMouseEventParams::new(DispatchMouseEventType::MouseWheel, at.x, at.y);
        event.delta_x = Some(dx);
        event.delta_y = Some(dy);
        event.modifiers = ctrl.then_some(2);
        self.page().execute(event).await?;
        Ok(())
    }

    async fn pointer(&self, kind: DispatchMouseEventType, at: Point, buttons: i64, count: i64) -> Result<()> {
        let pressed = buttons == 1 || kind == DispatchMouseEventType::MouseReleased;
        let mut event = DispatchMouseEventParams::new(kind, at.x, at.y);
        event.button = Some(if pressed { MouseButton::Left } else { MouseButton::None });
        event.buttons = Some(buttons);
        event.click_count = Some(count);
        self.page().execute(event).await?;
        Ok(())
    }
}
