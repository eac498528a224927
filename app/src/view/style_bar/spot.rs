//! Where something floats beside the selection: near, whole in the window, never over what it is about. Pure.

/// A rectangle in screen pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Above,
    Below,
    Right,
    Left,
}

/// Between the selection and what floats beside it: marks on the edges of stickies stand out into it.
const GAP: f64 = 14.0;

impl Rect {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    fn holds(&self, other: &Rect) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Moved along one axis into the room.
    fn within(mut self, room: &Rect, across: bool) -> Rect {
        match across {
            true => self.x = self.x.min(room.right() - self.width).max(room.x),
            false => self.y = self.y.min(room.bottom() - self.height).max(room.y),
        }
        self
    }
}

/// The first side with room for something of this size; where none has, the edge of the room that is farthest from
/// the middle of the selection.
pub fn spot(about: &Rect, size: (f64, f64), room: &Rect, order: [Side; 4], taken: Option<&Rect>) -> Rect {
    let free = |place: &Rect| room.holds(place) && !taken.is_some_and(|taken| taken.overlaps(place));
    let places = order.into_iter().flat_map(|side| beside(about, size, room, side));
    places.into_iter().find(free).unwrap_or_else(|| at_an_edge(about, size, room, taken))
}

/// Places at one side: in the middle of it, then flush with one of its ends.
fn beside(about: &Rect, (width, height): (f64, f64), room: &Rect, side: Side) -> [Rect; 3] {
    let across = [about.x + (about.width - width) / 2.0, about.x, about.right() - width];
    let along = [about.y + (about.height - height) / 2.0, about.y, about.bottom() - height];
    [0, 1, 2].map(|nth| {
        let (x, y) = match side {
            Side::Above => (across[nth], about.y - GAP - height),
            Side::Below => (across[nth], about.bottom() + GAP),
            Side::Right => (about.right() + GAP, along[nth]),
            Side::Left => (about.x - GAP - width, along[nth]),
        };
        Rect { x, y, width, height }.within(room, matches!(side, Side::Above | Side::Below))
    })
}

fn at_an_edge(about: &Rect, (width, height): (f64, f64), room: &Rect, taken: Option<&Rect>) -> Rect {
    let x = about.x + (about.width - width) / 2.0;
    let place = |y: f64| Rect { x, y, width, height }.within(room, true);
    let (top, bottom) = (place(room.y), place(room.bottom() - height));
    let upper_half = about.y + about.height / 2.0 < room.y + room.height / 2.0;
    let (first, second) = if upper_half { (bottom, top) } else { (top, bottom) };
    if taken.is_some_and(|taken| taken.overlaps(&first)) { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Rect = Rect { x: 8.0, y: 80.0, width: 1000.0, height: 600.0 };
    const BAR: (f64, f64) = (300.0, 48.0);
    const ORDER: [Side; 4] = [Side::Above, Side::Below, Side::Right, Side::Left];

    fn sticky(x: f64, y: f64) -> Rect {
        Rect { x, y, width: 200.0, height: 200.0 }
    }

    #[test]
    fn it_stands_above_in_the_middle() {
        let bar = spot(&sticky(400.0, 300.0), BAR, &ROOM, ORDER, None);
        assert_eq!((bar.x, bar.bottom()), (350.0, 286.0));
    }

    #[test]
    fn it_never_covers_the_sticky_and_never_leaves_the_room() {
        for x in 0..10 {
            for y in 0..6 {
                let about = sticky(f64::from(x) * 100.0, f64::from(y) * 100.0 + 40.0);
                let bar = spot(&about, BAR, &ROOM, ORDER, None);
                assert!(!bar.overlaps(&about) && ROOM.holds(&bar), "{about:?} {bar:?}");
                let below = [Side::Below, Side::Above, Side::Right, Side::Left];
                let sheet = spot(&about, (300.0, 90.0), &ROOM, below, Some(&bar));
                assert!(
                    !sheet.overlaps(&about) && !sheet.overlaps(&bar) && ROOM.holds(&sheet),
                    "{about:?} {sheet:?}"
                );
            }
        }
    }

    #[test]
    fn a_sticky_larger_than_the_room_leaves_an_edge_to_it() {
        let about = Rect { x: -100.0, y: -100.0, width: 1400.0, height: 1200.0 };
        assert!(ROOM.holds(&spot(&about, BAR, &ROOM, ORDER, None)));
    }
}
