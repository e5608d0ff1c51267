//! The networks, and which of them read.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// How much is read with the large network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// The large network reads every window of sentences for events: the most accurate.
    #[default]
    Full,
    /// The small network alone reads everything: for crawls.
    Fast,
}

/// The networks and their labels.
pub struct Weights {
    pub(super) reader: Cow<'static, [u8]>,
    /// The rows of its pieces, in four bits.
    pub(super) pieces: Cow<'static, [u8]>,
    pub(super) attach: Cow<'static, [u8]>,
    pub(super) labels: Cow<'static, str>,
    pub(super) events: EventWeights,
    /// The decisions that were fitted to them, in full and for the small network alone.
    decisions: [Cow<'static, str>; 2],
}

/// The network that reads events.
pub(super) struct EventWeights {
    pub graph: Cow<'static, [u8]>,
    /// In four bits, in parts.
    pub parts: Vec<Cow<'static, [u8]>>,
    pub labels: Cow<'static, str>,
}

impl Weights {
    /// Those inside the program.
    pub fn shipped() -> Self {
        let events = EventWeights {
            graph: demarche_model::EVENTS.into(),
            parts: demarche_model::EVENT_WEIGHTS.iter().map(|&part| part.into()).collect(),
            labels: demarche_model::EVENT_LABELS.into(),
        };
        Self {
            reader: demarche_model::READER.into(),
            pieces: demarche_model::READER_PIECES.into(),
            attach: demarche_model::ATTACH.into(),
            labels: demarche_model::LABELS.into(),
            events,
            decisions: [demarche_tables::DECISIONS.text.into(), demarche_tables::DECISIONS_FAST.text.into()],
        }
    }

    /// Those of a training of one's own: `file` gives the bytes of a file as `training/` exports it, or fails.
    pub fn of<E>(file: impl Fn(&str) -> Result<Vec<u8>, E>) -> Result<Self, E> {
        let text = |name: &str| Ok(String::from_utf8_lossy(&file(name)?).into_owned());
        let parts = (0..demarche_model::EVENT_WEIGHTS.len()).map(|i| Ok(file(&format!("events.{i}.bin"))?.into()));
        Ok(Self {
            reader: file("reader.onnx")?.into(),
            pieces: file("reader.bin")?.into(),
            attach: file("attach.onnx")?.into(),
            labels: text("labels.json")?.into(),
            events: EventWeights {
                graph: file("events.onnx")?.into(),
                parts: parts.collect::<Result<_, E>>()?,
                labels: text("events.json")?.into(),
            },
            decisions: [text("decisions.tsv")?.into(), text("decisions_fast.tsv")?.into()],
        })
    }

    /// The decisions of an edition.
    pub(crate) fn decisions(&self, edition: Edition) -> Cow<'static, str> {
        self.decisions[usize::from(edition == Edition::Fast)].clone()
    }

    /// What tells them from the shipped ones; nothing for these.
    pub(crate) fn digest(&self) -> Option<[u8; 32]> {
        if !matches!(self.reader, Cow::Owned(_)) {
            return None;
        }
        let all = [&self.reader, &self.pieces, &self.attach, &self.events.graph].into_iter().chain(&self.events.parts);
        let digest = all.fold(Sha256::new(), |digest, part| digest.chain_update(part));
        let labels = [&self.labels, &self.events.labels].into_iter().chain(&self.decisions);
        let digest = labels.fold(digest, |digest, text| digest.chain_update(text.as_bytes()));
        Some(digest.finalize().into())
    }
}
