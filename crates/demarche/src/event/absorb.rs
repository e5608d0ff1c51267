//! Triggers that are part of what another trigger says, and tell of no event of their own.

use super::Event;
use crate::ontology::EventType;
use crate::reader::Sentence;
use crate::reader::roles;

/// Types of speech whose content is part of them, and no event of its own.
pub(super) const SPEECH: [EventType; 5] =
    [EventType::Agree, EventType::Request, EventType::Reject, EventType::Threaten, EventType::Concede];

/// The events of a sentence that stand by themselves; what an absorbed one knows better goes to the one of its type above it.
pub(super) fn absorb(sentence: &Sentence, triggers: &[(usize, EventType)], events: Vec<Event>) -> Vec<Event> {
    let above: Vec<Option<usize>> = triggers.iter().map(|(word, _)| absorber(sentence, triggers, *word)).collect();
    let mut out: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    for (i, absorber) in above.iter().enumerate() {
        let Some(absorber) = absorber else { continue };
        let absorbed = out[i].take();
        let at = triggers.iter().position(|(word, _)| word == absorber);
        if let (Some(absorbed), Some(kept)) = (absorbed, at.and_then(|at| out[at].as_mut()))
            && absorbed.kind == kept.kind
        {
            kept.mode = kept.mode.or(absorbed.mode);
            kept.why.rule = kept.why.rule.or(absorbed.why.rule);
        }
    }
    out.into_iter().flatten().collect()
}

/// The trigger that another one is part of: `agreed to meet`, `accused of attacking`, `launched attacks`.
fn absorber(sentence: &Sentence, triggers: &[(usize, EventType)], word: usize) -> Option<usize> {
    let mut at = word;
    let mut nominal = true;
    while let Some(head) = sentence.words[at].head {
        let this = &sentence.words[at];
        let inside = ["xcomp", "ccomp", "obj", "obl", "nmod"].iter().any(|r| this.is(r))
            || (this.is("acl") && roles::is_infinitive(sentence, at))
            || (this.is("advcl") && &*this.xpos != "VBD")
            || this.is("conj");
        if !inside || &*this.deprel == "obl:tmod" {
            return None;
        }
        nominal &= this.is_nominal();
        // `went on strike to demand higher pay`: the purpose of the noun's verb is the noun's.
        let lent = |trigger: usize| sentence.words[trigger].is_nominal() && sentence.words[trigger].head == Some(head);
        let purpose = this.is("advcl") && roles::is_infinitive(sentence, at);
        if let Some((trigger, _)) = triggers.iter().find(|(trigger, _)| purpose && lent(*trigger)) {
            return Some(*trigger);
        }
        if let Some((_, kind)) = triggers.iter().find(|(trigger, _)| *trigger == head) {
            // `launched attacks`: the verb and its object tell of one event.
            let same = || triggers.iter().any(|(trigger, of)| *trigger == word && of == kind);
            if nominal && same() && !is_aside(sentence, at) {
                return Some(head);
            }
            let part = SPEECH.contains(kind)
                || (matches!(kind, EventType::Accuse | EventType::Support) && !nominal)
                || (*kind == EventType::Consult && nominal);
            // `after the two met`: a clause of time tells of another event.
            if (part || purpose) && !is_aside(sentence, at) {
                return Some(head);
            }
        }
        at = head;
    }
    None
}

/// Whether a clause stands beside its governor and tells of something else: `after the two met`, `and the two agreed`.
fn is_aside(sentence: &Sentence, word: usize) -> bool {
    const TEMPORAL: [&str; 11] =
        ["after", "before", "when", "while", "since", "as", "because", "although", "though", "until", "once"];
    let this = &sentence.words[word];
    let mark =
        || sentence.children_by(word, "mark").any(|m| TEMPORAL.contains(&&*sentence.words[m].lemma.to_lowercase()));
    this.is("conj") || (this.is("advcl") && mark())
}
