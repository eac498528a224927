//! The camera: which part of the wall the screen shows. Outside the reactive graph; one frame writes the transform.

use board::Point;

pub const MIN_ZOOM: f64 = 0.05;
pub const MAX_ZOOM: f64 = 4.0;

/// screen = wall * zoom + offset
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Camera {
    pub x: f64,
    pub y: f64,
    pub zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Camera { x: 120.0, y: 120.0, zoom: 1.0 }
    }
}

/// A rectangle on the wall.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The part of the screen that no panel covers.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Viewport {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Camera {
    pub fn to_wall(self, x: f64, y: f64) -> Point {
        Point { x: (x - self.x) / self.zoom, y: (y - self.y) / self.zoom }
    }

    pub fn to_screen(self, point: Point) -> (f64, f64) {
        (point.x * self.zoom + self.x, point.y * self.zoom + self.y)
    }

    pub fn panned(self, dx: f64, dy: f64) -> Camera {
        Camera { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Zooms by a factor; the wall point under the screen point (x, y) stays where it is.
    pub fn zoomed_at(self, x: f64, y: f64, factor: f64) -> Camera {
        let zoom = (self.zoom * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let real = zoom / self.zoom;
        Camera { x: x - (x - self.x) * real, y: y - (y - self.y) * real, zoom }
    }

    /// As it is kept for the next visit.
    pub fn kept(self) -> String {
        format!("{} {} {}", self.x.round() as i64, self.y.round() as i64, (self.zoom * 1000.0).round() as i64)
    }

    /// What `kept` wrote; anything else is no camera.
    pub fn read(kept: &str) -> Option<Camera> {
        let mut parts =
            kept.split(' ').map(|part| part.parse::<i64>().ok().filter(|it| it.abs() < 10_000_000));
        let (x, y, zoom) = (parts.next()??, parts.next()??, parts.next()??);
        let zoom = (zoom as f64 / 1000.0).clamp(MIN_ZOOM, MAX_ZOOM);
        parts.next().is_none().then_some(Camera { x: x as f64, y: y as f64, zoom })
    }

    /// The camera that shows the whole area, centred, never larger than 100 %.
    pub fn fitting(area: Area, view: Viewport) -> Camera {
        let zoom =
            (view.width / area.width.max(1.0)).min(view.height / area.height.max(1.0)).clamp(MIN_ZOOM, 1.0);
        Camera {
            x: view.left + (view.width - area.width * zoom) / 2.0 - area.x * zoom,
            y: view.top + (view.height - area.height * zoom) / 2.0 - area.y * zoom,
            zoom,
        }
    }
}

/// Dots stand every 24 wall pixels; the spacing doubles whenever it would fall under 14 px on screen, and the dots
/// hide below 20 % zoom.
pub fn dot_spacing(zoom: f64) -> Option<f64> {
    if zoom < 0.2 {
        return None;
    }
    let mut spacing = 24.0 * zoom;
    while spacing < 14.0 {
        spacing *= 2.0;
    }
    Some(spacing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let camera = Camera { x: 30.0, y: -20.0, zoom: 0.7 };
        let before = camera.to_wall(400.0, 300.0);
        let after = camera.zoomed_at(400.0, 300.0, 1.1).to_wall(400.0, 300.0);
        assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
    }

    #[test]
    fn a_camera_reads_back_and_bad_data_is_none() {
        let camera = Camera { x: -120.0, y: 40.0, zoom: 0.75 };
        assert_eq!(Camera::read(&camera.kept()), Some(camera));
        for bad in ["", "1 2", "1 2 3 4", "NaN 0 1000", "1 2 999999999999999999"] {
            assert_eq!(Camera::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn fitting_shows_every_corner() {
        let area = Area { x: -500.0, y: 100.0, width: 3000.0, height: 900.0 };
        let view = Viewport { left: 20.0, top: 72.0, width: 1000.0, height: 700.0 };
        let camera = Camera::fitting(area, view);
        let (left, top) = camera.to_screen(Point { x: area.x, y: area.y });
        let (right, bottom) = camera.to_screen(Point { x: area.x + area.width, y: area.y + area.height });
        assert!(left >= view.left - 1e-9 && right <= view.left + view.width + 1e-9);
        assert!(top >= view.top - 1e-9 && bottom <= view.top + view.height + 1e-9);
    }
}
