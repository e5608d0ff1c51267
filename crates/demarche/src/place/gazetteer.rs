//! The places there are, by name.

use std::collections::HashMap;

use crate::table::{Cells, Rows, TableError};

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// A state or territory.
    State,
    /// A first-order division, a region, a sea, an island, a base: anything of the table of regions.
    Region,
    /// A first- or second-order division of the table of divisions.
    Division,
    /// A territory that more than one party claims.
    Disputed,
    /// A city.
    City,
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its usual name.
    pub name: &'static str,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// ISO 3166-1 alpha-3 code of the country that holds it; empty for seas and regions of several.
    pub country: &'static str,
    /// GeoNames' code of the first-order division, where known.
    pub admin1: &'static str,
    /// GeoNames' number, where known.
    pub geonames: Option<u32>,
    /// GeoNames' feature code.
    pub code: &'static str,
    /// What kind of place it is.
    pub feature: Feature,
    /// How many people live there; 0 where the table does not say.
    pub population: u32,
    /// Who claims it, for a disputed one.
    pub disputed: Option<Disputed>,
}

/// Who claims a place, and what they call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disputed {
    /// Countries that claim it.
    pub claimants: Vec<&'static str>,
    /// Every name in use, with the party whose name it is.
    pub names: Vec<(&'static str, Option<&'static str>)>,
}

/// All places, by every name.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_name: HashMap<&'static str, Vec<usize>>,
    longest: usize,
}

fn base(name: &'static str, feature: Feature) -> Place {
    Place {
        name,
        lat: 0.0,
        lon: 0.0,
        country: "",
        admin1: "",
        geonames: None,
        code: "",
        feature,
        population: 0,
        disputed: None,
    }
}

impl Gazetteer {
    /// Reads the shipped tables.
    pub fn shipped() -> Result<Self, TableError> {
        let mut out = Self { places: Vec::new(), by_name: HashMap::new(), longest: 1 };
        out.states()?;
        out.disputed()?;
        out.regions()?;
        out.divisions()?;
        out.cities()?;
        Ok(out)
    }

    /// The place of an index.
    pub fn place(&self, index: usize) -> &Place {
        &self.places[index]
    }

    /// Places that more than one state claims, in the order of their table.
    pub fn disputed_places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.disputed.is_some())
    }

    /// The places called `name`, to the letter.
    pub fn named(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The most words a name has.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    fn add(&mut self, place: Place, names: impl Iterator<Item = &'static str>) {
        let index = self.places.len();
        for name in names.filter(|name| !name.is_empty()) {
            self.longest = self.longest.max(name.split([' ', '-']).count() + name.matches('-').count());
            let of_name = self.by_name.entry(name).or_default();
            if !of_name.contains(&index) {
                of_name.push(index);
            }
        }
        self.places.push(place);
    }

    fn states(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::STATES;
        for row in
            Rows::read(table.name, table.text, &["code", "name", "aliases", "lat", "lon", "geonames", "to"])?.iter()
        {
            // A state that is gone is an actor still, but no place on today's map.
            if row.get("to").is_empty() {
                let mut place = base(row.get("name"), Feature::State);
                (place.lat, place.lon) = (row.parse("lat")?, row.parse("lon")?);
                (place.country, place.code) = (row.get("code"), "PCLI");
                place.geonames = row.get("geonames").parse().ok();
                let parts = ["England", "Scotland", "Wales", "Northern Ireland"];
                let names = row.list("aliases").filter(|name| !parts.contains(name)).chain([row.get("name")]);
                self.add(place, names.collect::<Vec<_>>().into_iter());
            }
        }
        Ok(())
    }

    fn disputed(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::DISPUTED;
        for row in Rows::read(
            table.name,
            table.text,
            &["name", "names", "lat", "lon", "administrator", "claimants", "feature"],
        )?
        .iter()
        {
            let named = |name: &'static str| match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
                Some((name, party)) => (name, Some(party)),
                None => (name, None),
            };
            let names: Vec<_> = row.list("names").map(named).collect();
            let mut place = base(row.get("name"), Feature::Disputed);
            (place.lat, place.lon) = (row.parse("lat")?, row.parse("lon")?);
            (place.country, place.code) = (row.get("administrator"), row.get("feature"));
            place.disputed = Some(Disputed { claimants: row.list("claimants").collect(), names: names.clone() });
            self.add(place, names.into_iter().map(|(name, _)| name));
        }
        Ok(())
    }

    fn regions(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::REGIONS;
        for row in
            Rows::read(table.name, table.text, &["name", "aliases", "lat", "lon", "country", "feature", "geonames"])?
                .iter()
        {
            let mut place = base(row.get("name"), Feature::Region);
            (place.lat, place.lon) = (row.parse("lat")?, row.parse("lon")?);
            (place.country, place.code) = (row.get("country"), row.get("feature"));
            place.geonames = row.get("geonames").parse().ok();
            self.add(place, row.list("aliases").chain([row.get("name")]));
        }
        Ok(())
    }

    fn divisions(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::DIVISIONS;
        let columns = ["name", "aliases", "lat", "lon", "country", "admin1", "feature", "population"];
        for row in Cells::read(table.name, table.text, columns)? {
            let mut place = base(row.get(0), Feature::Division);
            (place.lat, place.lon) = (row.parse(2)?, row.parse(3)?);
            (place.country, place.admin1, place.code) = (row.get(4), row.get(5), row.get(6));
            place.population = row.parse(7)?;
            self.add(place, row.get(1).split('|').chain([row.get(0)]));
        }
        Ok(())
    }

    fn cities(&mut self) -> Result<(), TableError> {
        let table = demarche_tables::CITIES;
        let columns = ["geonames", "name", "aliases", "lat", "lon", "country", "admin1", "population"];
        let mut by_number: HashMap<&str, usize> = HashMap::new();
        // Most of the table is towns of which each name is new.
        let rows = table.text.len() / 40;
        self.by_name.reserve(rows);
        by_number.reserve(rows);
        for row in Cells::read(table.name, table.text, columns)? {
            let mut place = base(row.get(1), Feature::City);
            (place.lat, place.lon) = (row.parse(3)?, row.parse(4)?);
            (place.country, place.admin1, place.code) = (row.get(5), row.get(6), "PPL");
            (place.geonames, place.population) = (row.get(0).parse().ok(), row.parse(7)?);
            by_number.insert(row.get(0), self.places.len());
            self.add(place, row.get(2).split('|').chain([row.get(1)]));
        }
        let table = demarche_tables::EXONYMS;
        for row in Rows::read(table.name, table.text, &["geonames", "alias"])?.iter() {
            let Some(&index) = by_number.get(row.get("geonames")) else {
                return Err(row.error("no city of cities.tsv has this number"));
            };
            self.by_name.entry(row.get("alias")).or_default().push(index);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_places() {
        let gazetteer = Gazetteer::shipped().unwrap();
        let first = |name: &str| gazetteer.place(gazetteer.named(name)[0]);
        assert_eq!((first("Vladivostok").country, first("Vladivostok").geonames), ("RUS", Some(2_013_348)));
        assert_eq!(first("Russia").feature, Feature::State);
        let city = |name: &str| {
            let of_name = gazetteer.named(name).iter().map(|&place| gazetteer.place(place));
            of_name.max_by_key(|place| (place.feature == Feature::City, place.population)).unwrap()
        };
        assert_eq!(city("Kiev").name, "Kyiv");
        assert_eq!((first("Fairfax County").feature, first("Fairfax County").code), (Feature::Division, "ADM2"));
        let islands = first("Northern Territories");
        assert_eq!(islands.name, first("Southern Kurils").name);
        let disputed = islands.disputed.as_ref().unwrap();
        assert_eq!(disputed.claimants, ["RUS", "JPN"]);
        assert!(disputed.names.contains(&("Northern Territories", Some("JPN"))));
    }
}
