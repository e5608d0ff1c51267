//! What a word tells of: what the lexicon says, and what the reader's heads say, weighed.

use super::lexicon::{Frame, Of};
use crate::ontology::{EventType, Ontology};
use crate::reader::{Sentence, Trigger, roles};

/// A word without a frame tells of an event from this probability on: one that does so in the corpus, another verb, another
/// word.
const ALONE: [f32; 3] = [0.75, 0.92, 0.95];
/// A frame's word tells of none below this probability: one that does so in the corpus, another one.
const VETO: [f32; 2] = [0.02, 0.06];
/// What a frame adds to the share of its type, and what every condition on the words around it adds to that.
const FRAME: [f32; 2] = [0.45, 0.45];
/// A mode is taken from this probability on.
const MODE: f32 = 0.4;

/// Where a recipient may stand around a word that has no frame.
const AROUND: [&str; 9] = ["obj", "iobj", "to", "with", "against", "on", "at", "of", "for"];

/// A frame for a word, and what the heads say of it.
pub(super) struct Verdict {
    pub frame: Frame,
    /// Probability of an event.
    pub chance: f32,
    /// The types, the likeliest first, with their shares.
    pub types: Vec<(EventType, f32)>,
    /// The parties that the lexicon asks for stand where it asks for them.
    pub told: bool,
}

/// Whether a word tells of an event, and of which. `lifted`: how likely the word above does that only decides on it; `known`: it does so in the corpus; `filled`: the parties that its frame asks for
/// stand where it asks for them.
pub(super) fn verdict(
    ontology: &Ontology,
    sentence: &Sentence,
    word: usize,
    (frame, heard): (Option<&Frame>, Option<&Trigger>),
    lifted: f32,
    (known, filled): (bool, bool),
) -> Option<Verdict> {
    let chance = heard.map_or(0.0, Trigger::chance);
    // The lexicon's witness is the stronger where those it asks for stand there: `islands seized by troops`.
    let by = roles::is_passive(sentence, word) && roles::by_agent(sentence, word).is_some();
    let told = by || filled;
    let listed = frame.is_some();
    let enough = match frame {
        Some(frame) => frame.own || told || chance.max(lifted) >= VETO[usize::from(!known)],
        None if known => chance >= ALONE[0],
        None => chance >= ALONE[if &*sentence.words[word].upos == "VERB" { 1 } else { 2 }],
    };
    if !enough {
        return None;
    }
    let chance = chance.max(if listed { lifted } else { 0.0 });
    let types = heard.map_or_else(Vec::new, types);
    let kind = match frame {
        Some(frame) if frame.own || types.is_empty() => frame.kind,
        _ => likeliest(&types, frame)?,
    };
    let mode = heard.and_then(|trigger| mode(ontology, trigger, kind));
    let frame = match frame {
        Some(frame) if frame.kind == kind => Frame { mode: frame.mode.or(mode), ..frame.clone() },
        Some(frame) => Frame { kind, mode, contexts: Vec::new(), ..frame.clone() },
        None => unlisted(sentence, word, kind, mode),
    };
    Some(Verdict { frame, chance, types, told: listed && told })
}

/// The types that the heads give a trigger, the likeliest first, with their shares.
fn types(trigger: &Trigger) -> Vec<(EventType, f32)> {
    let total = trigger.chance();
    let shares = trigger.kinds.iter().filter_map(|(label, p)| Some((label.parse::<EventType>().ok()?, p / total)));
    let mut out: Vec<_> = shares.collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

/// The likeliest type, the lexicon's favored.
fn likeliest(types: &[(EventType, f32)], frame: Option<&Frame>) -> Option<EventType> {
    let listed = |frame: &Frame| FRAME[0] + FRAME[1] * frame.conditions.len() as f32;
    let weight = |&(kind, p): &(EventType, f32)| p + frame.filter(|f| f.kind == kind).map_or(0.0, listed);
    types.iter().max_by(|a, b| weight(a).total_cmp(&weight(b))).map(|(kind, _)| *kind)
}

/// The likeliest mode that a type has.
fn mode(ontology: &Ontology, trigger: &Trigger, kind: EventType) -> Option<&'static str> {
    let likely = trigger.modes.iter().filter(|(_, p)| *p >= MODE);
    likely
        .filter_map(|(label, p)| Some((ontology.mode(kind, label)?, *p)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|m| m.0)
}

/// The frame of a word that the lexicon does not list.
fn unlisted(sentence: &Sentence, word: usize, kind: EventType, mode: Option<&'static str>) -> Frame {
    let verb = matches!(&*sentence.words[word].upos, "VERB" | "ADJ");
    let both = matches!(kind, EventType::Consult) && mode != Some("visit");
    let of = if both {
        Of::Both
    } else if verb {
        Of::Plain
    } else {
        Of::Actor
    };
    Frame::around(kind, mode, of, AROUND.to_vec(), verb)
}
