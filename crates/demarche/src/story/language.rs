//! Which language a text is in.

use whatlang::{Lang, detect};

/// Fewer letters than this tell too little: the text is taken as English.
const ENOUGH: usize = 60;

/// `en`, or the ISO 639-3 code of another language; none where the text is too short to tell.
pub(super) fn of(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(3000).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let found = detect(&sample)?;
    if found.lang() == Lang::Eng {
        return Some("en");
    }
    let other_script = sample.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count() * 2 > letters;
    let sure = letters >= ENOUGH && found.is_reliable();
    (sure || other_script).then(|| found.lang().code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_others() {
        assert_eq!(of("The prime minister said on Friday that he would travel to Moscow for talks."), Some("en"));
        let german =
            "Der Ministerpräsident sagte am Freitag, er werde zu Gesprächen über die Inseln nach Moskau reisen.";
        assert_eq!(of(german), Some("deu"));
        assert_eq!(
            of("Премьер-министр заявил в пятницу, что он посетит Москву для переговоров об островах."),
            Some("rus")
        );
        assert_eq!(of("Abe, Putin"), None);
    }
}
