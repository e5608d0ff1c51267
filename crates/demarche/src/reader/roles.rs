//! Subjects: who does what a predicate says, also where the tree leaves it unsaid.

use super::Sentence;

/// Verbs whose object is the subject of their complement.
const OBJECT_CONTROL: [&str; 19] = [
    "accuse", "blame", "suspect", "urge", "ask", "tell", "order", "force", "press", "call", "invite", "allow",
    "persuade", "warn", "want", "expect", "compel", "permit", "enable",
];

/// The word that is the subject of a predicate, by the tree or by control; in the passive its agent.
pub(crate) fn agent(sentence: &Sentence, predicate: usize) -> Option<usize> {
    if is_passive(sentence, predicate) {
        return by_agent(sentence, predicate);
    }
    subject(sentence, predicate, 0)
}

/// The grammatical subject, inherited where a predicate has none of its own.
pub(crate) fn subject(sentence: &Sentence, predicate: usize, depth: usize) -> Option<usize> {
    let word = &sentence.words[predicate];
    if let Some(own) = sentence.children_by(predicate, "nsubj").next() {
        return Some(resolve_relative(sentence, predicate, own));
    }
    let head = word.head.filter(|_| depth < 6)?;
    let governor = &sentence.words[head];
    let controlled =
        OBJECT_CONTROL.contains(&governor.lemma.as_str()) && (word.is("xcomp") || word.is("ccomp") || word.is("advcl"));
    if controlled && let Some(object) = sentence.child(head, "obj").or_else(|| sentence.child(head, "iobj")) {
        return Some(object);
    }
    if word.is("conj") || word.is("advcl") {
        let finite = sentence.child(predicate, "mark").is_none_or(|m| &*sentence.words[m].lemma == "to");
        return (word.is("conj") || finite || &*word.xpos == "VBG")
            .then(|| subject(sentence, head, depth + 1))
            .flatten();
    }
    if word.is("xcomp") || word.is("ccomp") {
        return subject(sentence, head, depth + 1);
    }
    if word.is("acl") {
        // `troops attacking the town`, but `a plan to attack the town`, whose subject has the plan.
        let infinitive = sentence.child(predicate, "mark").is_some();
        if !infinitive && &*word.xpos != "VBN" {
            return Some(head);
        }
        return owner(sentence, head, depth);
    }
    if governor.is_nominal() && (word.is("nmod") || word.is("obl")) {
        return owner(sentence, head, depth);
    }
    None
}

/// Who has a noun's plan, offer or talks: its possessor, or the subject of the verb it belongs to.
pub(crate) fn owner(sentence: &Sentence, noun: usize, depth: usize) -> Option<usize> {
    let possessor = sentence.children_by(noun, "nmod:poss").next();
    possessor.or_else(|| {
        let word = &sentence.words[noun];
        let head = word.head.filter(|_| depth < 6 && (word.is("obj") || word.is("obl") || word.is("xcomp")))?;
        subject(sentence, head, depth + 1)
    })
}

/// A relative pronoun stands for the noun that its clause belongs to.
pub(crate) fn resolve_relative(sentence: &Sentence, predicate: usize, word: usize) -> usize {
    let relative = matches!(sentence.words[word].lemma.to_lowercase().as_str(), "who" | "which" | "that" | "whom");
    let mut at = Some(predicate).filter(|_| relative);
    while let Some(predicate) = at {
        let clause = &sentence.words[predicate];
        if let Some(head) = clause.head.filter(|_| clause.is("acl")) {
            return head;
        }
        at = clause.head.filter(|_| clause.is("conj") || clause.is("xcomp") || clause.is("ccomp"));
    }
    word
}

/// Whether a predicate is in the passive: `was seized`, and `islands seized by troops`.
pub(crate) fn is_passive(sentence: &Sentence, predicate: usize) -> bool {
    let word = &sentence.words[predicate];
    // `a soldier jailed in Turkey`, which a tagger may take for the past tense.
    let reduced = &*word.xpos == "VBD" && &*word.deprel == "acl" && sentence.child(predicate, "obj").is_none();
    if &*word.xpos != "VBN" && !reduced {
        return false;
    }
    let passive = sentence.children(predicate).any(|i| {
        let relation = &*sentence.words[i].deprel;
        relation == "aux:pass" || relation == "nsubj:pass"
    });
    let active = sentence.children_by(predicate, "aux").any(|i| &*sentence.words[i].lemma == "have")
        || sentence.children(predicate).any(|i| &*sentence.words[i].deprel == "nsubj");
    let inherits = word.is("conj") && word.head.is_some_and(|head| is_passive(sentence, head));
    passive || (!active && (word.is("acl") || word.is("advcl") || word.is("amod") || inherits))
}

/// The `by` phrase of a passive.
pub(crate) fn by_agent(sentence: &Sentence, predicate: usize) -> Option<usize> {
    let mut obliques = sentence.children_by(predicate, "obl");
    obliques.find(|&i| {
        &*sentence.words[i].deprel == "obl:agent"
            || preposition(sentence, i).is_some_and(|c| &*sentence.words[c].lemma == "by")
    })
}

/// Whether a clause is an infinitive with `to`.
pub(crate) fn is_infinitive(sentence: &Sentence, word: usize) -> bool {
    sentence.children_by(word, "mark").any(|i| &*sentence.words[i].lemma == "to")
}

/// The preposition of a phrase.
pub(crate) fn preposition(sentence: &Sentence, word: usize) -> Option<usize> {
    sentence.children_by(word, "case").next()
}

/// What a predicate does it to: its object, or in the passive its subject.
pub(crate) fn object(sentence: &Sentence, predicate: usize) -> Option<usize> {
    let word = &sentence.words[predicate];
    if is_passive(sentence, predicate) {
        if let Some(own) = sentence.children_by(predicate, "nsubj").next() {
            return Some(resolve_relative(sentence, predicate, own));
        }
        return match word.head {
            Some(head) if word.is("acl") || word.is("amod") => Some(head),
            Some(_) if word.is("conj") => subject(sentence, predicate, 0),
            _ => None,
        };
    }
    let own = sentence.children_by(predicate, "obj").chain(sentence.children_by(predicate, "iobj")).next();
    if let Some(own) = own {
        return Some(resolve_relative(sentence, predicate, own));
    }
    // `the islands that Moscow seized`, the pronoun left out.
    let reduced =
        &*word.deprel == "acl:relcl" && sentence.child(predicate, "nsubj").is_some_and(|s| !is_relative(sentence, s));
    word.head.filter(|_| reduced)
}

fn is_relative(sentence: &Sentence, word: usize) -> bool {
    matches!(&*sentence.words[word].xpos, "WP" | "WDT" | "WP$")
}
