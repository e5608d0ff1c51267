//! Near-duplicates: wire copy that is reprinted with another headline, cut, or with words changed.
//!
//! A text is a set of runs of three words. Its signature holds the least value of each of [`HASHES`] hash functions over that set (MinHash, Broder
//! 1997); the share of equal values in two signatures estimates the share of runs that the texts have in common. Texts of which a band of the
//! signature is equal are compared (locality-sensitive hashing); the rest need not be. Signatures are kept in archives, so the functions may
//! never change; that is why they stand here and come from no crate.
//!
//! Reports made to one pattern share most of their words and tell of different things: the shelling of another town, with the roles reversed, a
//! week later. So a copy must agree on its day and on its facts, the names and numbers that stand in the same words (`facts.rs`).

use demarche::Story;
use jiff::civil::Date;

use super::facts::Facts;

/// Values in a signature: estimates are right to about 0.04.
const HASHES: usize = 128;

/// Values that make bands, two to a band: texts that share 40 % of their runs have a band in common in 99.6 % of cases.
const BANDED: usize = 64;

/// Words to a run.
const RUN: usize = 3;

/// Texts with fewer runs are copies only to the letter.
const FEWEST: usize = 12;

/// A copy has so much of the shorter text's runs in common with the longer one, and so much of all; measured in `tests/copies.rs`.
const CONTAINED: f64 = 0.6;
const SHARED: f64 = 0.22;

/// Days between the publication of a story and of its copies: what is filed at night is printed the next day.
const DAYS: i64 = 1;

/// What a text is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How many different runs of words the text has.
    pub runs: usize,
    least: Vec<u32>,
    /// Days since 1970 of its publication; none where that is not known.
    day: Option<i32>,
    facts: Facts,
}

impl Signature {
    /// The signature of a story; none of one whose text is too short.
    pub fn of(story: &Story) -> Option<Self> {
        let lower = story.text.to_lowercase();
        let words: Vec<u64> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
        let mut runs: Vec<u64> = words.windows(RUN).map(|run| run.iter().fold(0, |h, &word| mix(h ^ word))).collect();
        runs.sort_unstable();
        runs.dedup();
        if runs.len() < FEWEST {
            return None;
        }
        let least = |function: usize| {
            let seed = mix(function as u64 + 1);
            runs.iter().map(|&run| (mix(run ^ seed) >> 32) as u32).min().unwrap_or(u32::MAX)
        };
        Some(Self {
            runs: runs.len(),
            least: (0..HASHES).map(least).collect(),
            day: story.date.map(days),
            facts: Facts::of(&story.text),
        })
    }

    /// Keys of which copies share one.
    pub fn bands(&self) -> impl Iterator<Item = i64> + '_ {
        let pairs = self.least[..BANDED].chunks_exact(2).enumerate();
        pairs.map(|(band, pair)| mix(mix(band as u64 ^ (u64::from(pair[0]) << 32)) ^ u64::from(pair[1])) as i64)
    }

    /// How much of the shorter text is in the longer one, 0 to 1, if one is a copy of the other.
    pub fn copy(&self, other: &Self) -> Option<f64> {
        let apart = self.day.zip(other.day).map_or(0, |(a, b)| (i64::from(a) - i64::from(b)).abs());
        if apart > DAYS || self.facts.contradict(&other.facts) {
            return None;
        }
        let equal = self.least.iter().zip(&other.least).filter(|(a, b)| a == b).count();
        likeness(equal, self.runs, other.runs)
    }

    /// A quarter of the signature, by which most texts that are no copies are told from those that may be.
    pub fn sketch(&self) -> Sketch {
        let bytes: Vec<u8> = self.least.iter().map(|value| value.to_le_bytes()[0]).collect();
        Sketch::read(self.runs, &bytes)
    }

    /// The least values, the day and the facts as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let day = self.day.unwrap_or(i32::MIN).cast_unsigned();
        let all = self.least.iter().copied().chain([day]).chain(self.facts.words());
        all.flat_map(u32::to_le_bytes).collect()
    }

    /// A signature of such bytes. Those of earlier programs end with the least values, and have neither day nor facts.
    pub fn read(runs: usize, bytes: &[u8]) -> Self {
        let mut least: Vec<u32> = bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let rest = least.split_off(HASHES.min(least.len()));
        let day = rest.first().map(|day| day.cast_signed()).filter(|&day| day != i32::MIN);
        Self { runs, least, day, facts: Facts::read(rest.get(1..).unwrap_or_default()) }
    }
}

/// Days since 1970.
fn days(date: Date) -> i32 {
    let since = Date::constant(1970, 1, 1).until(date).map(|span| span.get_days());
    since.unwrap_or_default()
}

/// FNV-1a, of a word.
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// The last byte of every value of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// How many different runs of words the text has.
    pub runs: usize,
    /// A byte a value.
    pub bytes: [u8; HASHES],
}

impl Sketch {
    /// A sketch of its bytes.
    pub fn read(runs: usize, bytes: &[u8]) -> Self {
        let mut all = [0; HASHES];
        all.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Self { runs, bytes: all }
    }

    /// Whether one may be a copy of the other. Equal values have equal bytes, so that no copy is missed.
    pub fn may_be_copy(&self, other: &Self) -> bool {
        // All of them fit into a byte, and are then counted many at a time.
        let equal: u8 = self.bytes.iter().zip(&other.bytes).map(|(a, b)| u8::from(a == b)).sum();
        likeness(usize::from(equal), self.runs, other.runs).is_some()
    }
}

/// How much of the shorter text is in the longer one by how many values are equal, if one is a copy of the other.
fn likeness(equal: usize, runs: usize, other: usize) -> Option<f64> {
    let shared = equal as f64 / HASHES as f64;
    if shared < SHARED {
        return None;
    }
    let (fewer, more) = (runs.min(other) as f64, runs.max(other) as f64);
    let contained = (shared / (1.0 + shared) * (fewer + more) / fewer).min(1.0);
    (contained >= CONTAINED).then_some(contained)
}

/// A finalizer that spreads every bit over all (SplitMix64, Steele et al. 2014).
pub(crate) fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche::Story;

    use super::Signature;

    /// Texts that share more and more of their words.
    fn text(shared: u8, own: u8) -> String {
        // Words without digits: these would be facts.
        let word = |n: u8| format!("{}{}", char::from(b'a' + n / 26), char::from(b'a' + n % 26));
        let mine = word(own);
        (0..60)
            .map(|n| if n < shared { format!("common{} ", word(n)) } else { format!("own{mine}{} ", word(n)) })
            .collect()
    }

    fn signature(text: String) -> Signature {
        Signature::of(&Story::of(String::new(), text)).unwrap()
    }

    fn report(day: &str, text: &str) -> Signature {
        let rest =
            "and the road to the airport stayed closed until the morning, a spokesman for the garrison told reporters.";
        let mut story = Story::of(String::new(), format!("{text}, {rest}"));
        story.date = Some(day.parse().unwrap());
        Signature::of(&story).unwrap()
    }

    #[test]
    fn reports_of_one_pattern_are_copies_where_day_names_numbers_and_roles_agree() {
        let told = "Army units from Kosta fired rockets at the port of Brenn on Sunday evening, killing three dockers";
        let first = report("2023-05-08", told);
        let agrees = |day, text: &str| first.copy(&report(day, text)).is_some();
        assert!(agrees("2023-05-08", told) && agrees("2023-05-09", told));
        assert!(agrees("2023-05-08", &told.replace("on Sunday evening", "late on Sunday")));
        assert!(!agrees("2023-05-15", told));
        for (from, to) in [("Brenn", "Lissa"), ("three", "nine"), ("Sunday", "Tuesday")] {
            assert!(!agrees("2023-05-08", &told.replace(from, to)), "{to}");
        }
        assert!(!agrees("2023-05-08", &told.replace("Kosta", "X").replace("Brenn", "Kosta").replace('X', "Brenn")));
        assert_eq!(Signature::read(first.runs, &first.bytes()), first);
        let of_an_earlier_program = Signature::read(first.runs, &first.bytes()[..512]);
        assert!(of_an_earlier_program.copy(&report("2024-01-01", told)).is_some());
    }

    #[test]
    fn a_sketch_misses_no_copy_and_tells_most_of_what_is_none() {
        let (mut copies, mut others, mut taken) = (0, 0, 0);
        for shared in 0..=60 {
            let (one, other) = (signature(text(shared, 1)), signature(text(shared, 2)));
            let may_be = one.sketch().may_be_copy(&other.sketch());
            if one.copy(&other).is_some() {
                copies += 1;
                assert!(may_be, "{shared} shared words");
            } else {
                others += 1;
                taken += usize::from(may_be);
            }
        }
        assert!(
            copies > 10 && others > 10 && taken < others / 5,
            "{copies} copies, {others} others, {taken} of them taken"
        );
    }
}
