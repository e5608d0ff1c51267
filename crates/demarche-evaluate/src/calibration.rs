//! Whether an event is right as often as its confidence says.

use serde::Serialize;

use crate::figures::Share;
use crate::verdict::Ratio;

/// How many bins of one width confidence is divided into.
const BINS: usize = 10;

/// How far confidence can be believed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Ten bins from 0 to 1.
    pub bins: Vec<Bin>,
    /// Expected calibration error, 0 to 1, where an event is right that has its type: the mean distance of confidence from the share that is
    /// right, over the bins by their number of events.
    pub error_typed: Option<f64>,
    /// The same where an event is right that is whole.
    pub error_whole: Option<f64>,
}

/// The coded events whose confidence lies in a stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The least confidence.
    pub from: f64,
    /// The next bin's least; the last bin has 1 itself as well.
    pub to: f64,
    /// Mean confidence.
    pub confidence: Option<f64>,
    /// How many were found and have the type.
    pub typed: Share,
    /// How many are whole.
    pub whole: Share,
}

/// What is counted in a bin.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    confidence: f64,
    typed: Ratio,
    whole: Ratio,
}

/// Counts coded events by their confidence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bins([Counted; BINS]);

impl Bins {
    /// Counts an event; confidence from 0 to 1.
    pub fn add(&mut self, confidence: f32, typed: bool, whole: bool) {
        // What lies outside goes to the nearest bin.
        let bin = ((confidence * BINS as f32) as usize).min(BINS - 1);
        let counted = &mut self.0[bin];
        counted.confidence += f64::from(confidence);
        counted.typed.count(typed);
        counted.whole.count(whole);
    }

    pub fn calibration(&self) -> Calibration {
        let bins = self.0.iter().enumerate().map(|(i, counted)| Bin {
            from: i as f64 / BINS as f64,
            to: (i + 1) as f64 / BINS as f64,
            confidence: counted.mean(),
            typed: counted.typed.into(),
            whole: counted.whole.into(),
        });
        Calibration {
            bins: bins.collect(),
            error_typed: self.error(|counted| counted.typed),
            error_whole: self.error(|counted| counted.whole),
        }
    }

    fn error(&self, right: impl Fn(&Counted) -> Ratio) -> Option<f64> {
        let all: usize = self.0.iter().map(|counted| counted.typed.of).sum();
        let distance = |counted: &Counted| (counted.confidence - right(counted).right as f64).abs();
        let sum: f64 = self.0.iter().map(distance).sum();
        if all == 0 { None } else { Some(sum / all as f64) }
    }
}

impl Counted {
    fn mean(&self) -> Option<f64> {
        if self.typed.of == 0 { None } else { Some(self.confidence / self.typed.of as f64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_and_error() {
        let mut bins = Bins::default();
        for (confidence, typed, whole) in
            [(0.25, true, false), (0.25, false, false), (0.75, true, true), (0.75, true, false)]
        {
            bins.add(confidence, typed, whole);
        }
        let calibration = bins.calibration();
        let bin = &calibration.bins[7];
        assert_eq!((bin.from, bin.to, bin.confidence), (0.7, 0.8, Some(0.75)));
        assert_eq!((bin.typed.share, bin.whole.share, bin.whole.of), (Some(1.0), Some(0.5), 2));
        // Both bins are 0.25 off by type, and both 0.25 by the whole.
        assert_eq!((calibration.error_typed, calibration.error_whole), (Some(0.25), Some(0.25)));
        assert_eq!((calibration.bins[0].confidence, calibration.bins[0].typed.share), (None, None));
    }

    #[test]
    fn bounds_belong_to_the_bin_above_and_one_to_the_last() {
        let mut bins = Bins::default();
        for tenth in 0_u8..=10 {
            bins.add(f32::from(tenth) / 10.0, true, true);
        }
        let counts: Vec<usize> = bins.calibration().bins.iter().map(|bin| bin.typed.of).collect();
        assert_eq!(counts, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
        for (i, bin) in bins.calibration().bins.iter().enumerate().take(9) {
            assert!((bin.confidence.unwrap() - i as f64 / 10.0).abs() < 1e-6);
        }
    }

    #[test]
    fn nothing_coded_has_no_error() {
        assert_eq!(Bins::default().calibration().error_typed, None);
    }
}
