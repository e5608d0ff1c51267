//! A map of the world: where events were, those near each other together, and what is disputed.

use demarche_archive::Located;
use demarche_marks::{QUADS, clean};
use maud::{Markup, PreEscaped, html};

use super::COLORS;
use crate::assets;

/// The world in units of the outlines.
pub const WIDTH: f64 = 2000.0;
pub const HEIGHT: f64 = 1010.0;

/// Events whose signs would lie so close, in units of a map that is not enlarged, are shown together.
const NEAR: f64 = 26.0;

/// The largest enlargement: beyond it the outlines are too coarse.
pub const CLOSEST: f64 = 16.0;

/// What of the world is shown.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Degrees north of the middle.
    pub lat: f64,
    /// Degrees east of the middle.
    pub lon: f64,
    /// How much it is enlarged, from 1.
    pub zoom: f64,
}

impl View {
    /// Left, top, width and height in units of the outlines.
    pub fn frame(self) -> (f64, f64, f64, f64) {
        let (wide, high) = (WIDTH / self.zoom, HEIGHT / self.zoom);
        let (x, y) = project(self.lat, self.lon);
        ((x - wide / 2.0).clamp(0.0, WIDTH - wide), (y - high / 2.0).clamp(0.0, HEIGHT - high), wide, high)
    }
}

/// A disputed place.
pub struct Claim {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Every name in use, with whose it is.
    pub names: Vec<(String, Option<String>)>,
    /// Who claims it.
    pub claimants: Vec<String>,
}

/// Events that lie near each other.
pub struct Cluster {
    /// Where its events are on the average, in units of the outlines.
    pub at: (f64, f64),
    /// The place that most of its events name.
    pub place: String,
    /// Numbers of events by quad class, from 1.
    pub quads: [i64; 4],
    /// The events' places, each once.
    pub places: Vec<String>,
}

/// The Natural Earth projection (Savric et al. 2011), as `training/outlines` draws the outlines by.
pub fn project(lat: f64, lon: f64) -> (f64, f64) {
    let (x, y) = (lon.to_radians(), lat.max(-84.0).to_radians());
    let (y2, y4) = (y * y, y * y * y * y);
    let scale = WIDTH / (2.0 * std::f64::consts::PI * 0.8707);
    let px = x * (0.8707 - 0.131_979 * y2 + y4 * (-0.013_791 + y4 * (0.003_971 * y2 - 0.001_529 * y4)));
    let py = y * (1.007_226 + y2 * (0.015_085 + y4 * (-0.044_475 + 0.028_874 * y2 - 0.005_916 * y4)));
    (1000.0 + px * scale, 520.0 - py * scale)
}

/// Puts events together whose cells of a grid are the same.
pub fn clusters(events: &[Located], zoom: f64) -> Vec<Cluster> {
    let cell = NEAR / zoom;
    let mut cells: std::collections::BTreeMap<(i64, i64), Vec<&Located>> = std::collections::BTreeMap::new();
    for event in events {
        let (x, y) = project(event.lat, event.lon);
        cells.entry(((x / cell) as i64, (y / cell) as i64)).or_default().push(event);
    }
    let mut out: Vec<Cluster> = cells.values().map(|events| cluster(events)).collect();
    // Small ones are drawn above large ones.
    out.sort_by_key(|cluster| -cluster.quads.iter().sum::<i64>());
    out
}

fn cluster(events: &[&Located]) -> Cluster {
    let n = events.len() as f64;
    let points = events.iter().map(|event| project(event.lat, event.lon));
    let (x, y) = points.fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let mut quads = [0; 4];
    let mut named: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for event in events {
        quads[event.quad.clamp(1, 4) as usize - 1] += 1;
        *named.entry(event.place.as_str()).or_default() += 1;
    }
    let mut places: Vec<(&str, usize)> = named.into_iter().collect();
    places.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let places: Vec<String> = places.into_iter().map(|(place, _)| place.to_owned()).collect();
    Cluster { at: (x / n, y / n), place: places[0].clone(), quads, places }
}

/// The map. `link` gives the address of a place's events.
pub fn map(view: View, clusters: &[Cluster], claims: &[Claim], link: &dyn Fn(&str) -> String) -> Markup {
    let (land, borders) = assets::world();
    let (x, y, wide, high) = view.frame();
    let inside = |(px, py): (f64, f64)| px >= x && px <= x + wide && py >= y && py <= y + high;
    let shown: i64 = clusters.iter().map(|cluster| cluster.quads.iter().sum::<i64>()).sum();
    let about = format!("Map of the world with {shown} events");
    html! {
        svg.map #world xmlns="http://www.w3.org/2000/svg" viewBox=(format!("{x:.1} {y:.1} {wide:.1} {high:.1}")) role="group" aria-label=(about)
            font-family="system-ui, sans-serif" fill="currentColor" {
            title { (about) }
            path.land d=(PreEscaped(land)) fill="#cfd6d2" fill-rule="evenodd" {}
            path.borders d=(PreEscaped(borders)) fill="none" stroke="#ffffff" stroke-width=(1.2 / view.zoom) {}
            @for claim in claims.iter().filter(|claim| inside(project(claim.lat, claim.lon))) { (disputed(claim, view.zoom)) }
            @for cluster in clusters.iter().filter(|cluster| inside(cluster.at)) { (sign(cluster, view.zoom, link)) }
        }
    }
}

fn disputed(claim: &Claim, zoom: f64) -> Markup {
    let (x, y) = project(claim.lat, claim.lon);
    let names: Vec<String> = claim
        .names
        .iter()
        .map(|(name, by)| by.as_ref().map_or_else(|| name.clone(), |by| format!("{name} ({by})")))
        .collect();
    let about = format!("Disputed: {}; claimed by {}", names.join(" / "), claim.claimants.join(", "));
    let size = 7.0 / zoom.sqrt() / zoom.sqrt().max(1.0);
    let first: Vec<&str> = claim.names.iter().take(2).map(|(name, _)| name.as_str()).collect();
    html! {
        g.disputed {
            title { (about) }
            rect x=(format!("{:.2}", x - size)) y=(format!("{:.2}", y - size)) width=(format!("{:.2}", size * 2.0)) height=(format!("{:.2}", size * 2.0))
                transform=(format!("rotate(45 {x:.2} {y:.2})")) fill="none" stroke="#8a63b5" stroke-opacity=(if zoom < 2.0 { 0.55 } else { 1.0 }) stroke-width=(format!("{:.2}", 1.8 / zoom))
                stroke-dasharray=(format!("{:.2}", 3.0 / zoom)) {}
            @if zoom >= 4.0 {
                text x=(format!("{x:.1}")) y=(format!("{:.1}", y + size * 2.6)) font-size=(format!("{:.2}", 15.0 / zoom)) text-anchor="middle" { (first.join(" / ")) }
            }
        }
    }
}

fn sign(cluster: &Cluster, zoom: f64, link: &dyn Fn(&str) -> String) -> Markup {
    let events: i64 = cluster.quads.iter().sum();
    let radius = (4.0 + 3.2 * (events as f64).sqrt()).min(34.0) / zoom;
    let (x, y) = cluster.at;
    let counts: Vec<String> =
        QUADS.iter().zip(cluster.quads).filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
    let others = cluster.places.len().saturating_sub(1);
    let beside = if others > 0 { format!(" and {others} places near it") } else { String::new() };
    let about = format!("{events} in {}{beside}: {}", clean(&cluster.place), counts.join(", "));
    html! {
        a href=(link(&cluster.place)) aria-label=(about) {
            title { (about) }
            (pie(x, y, radius, cluster.quads))
            @if events > 9 {
                text x=(format!("{x:.1}")) y=(format!("{:.2}", y + 4.2 / zoom)) font-size=(format!("{:.2}", 12.0 / zoom)) text-anchor="middle"
                    fill="#ffffff" stroke="#222222" stroke-width=(format!("{:.2}", 2.4 / zoom)) paint-order="stroke" { (events) }
            }
        }
    }
}

/// A disc cut by quad class.
fn pie(x: f64, y: f64, radius: f64, quads: [i64; 4]) -> Markup {
    let all: i64 = quads.iter().sum();
    let mut from = -0.25;
    let mut parts = Vec::new();
    for (quad, n) in quads.into_iter().enumerate().filter(|(_, n)| *n > 0) {
        let share = n as f64 / all as f64;
        parts.push((quad, from, share));
        from += share;
    }
    let point = |turn: f64| {
        let angle = turn * 2.0 * std::f64::consts::PI;
        format!("{:.2} {:.2}", x + radius * angle.cos(), y + radius * angle.sin())
    };
    html! {
        @if let [(quad, ..)] = parts[..] {
            circle cx=(format!("{x:.2}")) cy=(format!("{y:.2}")) r=(format!("{radius:.2}")) fill=(COLORS[quad]) fill-opacity="0.9" {}
        } @else {
            @for (quad, from, share) in parts {
                path d=(format!("M{x:.2} {y:.2}L{}A{radius:.2} {radius:.2} 0 {} 1 {}z", point(from), u8::from(share > 0.5), point(from + share)))
                    fill=(COLORS[quad]) fill-opacity="0.9" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_world_and_its_ends_are_where_the_outlines_have_them() {
        assert_eq!(project(0.0, 0.0), (1000.0, 520.0));
        let (east, _) = project(0.0, 180.0);
        assert!((east - WIDTH).abs() < 0.1);
        let (x, y, wide, high) = View { lat: 90.0, lon: 180.0, zoom: 4.0 }.frame();
        assert!(x + wide <= WIDTH && y >= 0.0 && high > 0.0);
    }

    #[test]
    fn events_near_each_other_are_shown_together_until_the_map_is_enlarged() {
        let at = |id, lat, lon| Located {
            id,
            lat,
            lon,
            place: "Tokyo".to_owned(),
            kind: "CONSULT".to_owned(),
            quad: 1,
            from: None,
        };
        let events = [at(1, 35.69, 139.69), at(2, 35.44, 139.64), at(3, 55.75, 37.6)];
        assert_eq!(clusters(&events, 1.0).len(), 2);
        assert_eq!(clusters(&events, 1.0)[0].quads, [2, 0, 0, 0]);
    }
}
