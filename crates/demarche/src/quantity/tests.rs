use super::*;

fn amount(text: &str) -> Option<(Option<f64>, Option<f64>)> {
    let words: Vec<&str> = text.split(' ').collect();
    Quantities::shipped().unwrap().amount(&words).map(|a| (a.min, a.max))
}

#[test]
fn numbers_and_ranges() {
    let exactly = |n: f64| Some((Some(n), Some(n)));
    assert_eq!(amount("14 people"), exactly(14.0));
    assert_eq!(amount("1,200 soldiers"), exactly(1200.0));
    assert_eq!(amount("twenty-one men"), exactly(21.0));
    assert_eq!(amount("two hundred and"), exactly(200.0));
    assert_eq!(amount("a policeman"), exactly(1.0));
    assert_eq!(amount("at least a dozen people"), Some((Some(12.0), None)));
    assert_eq!(amount("more than 60 villagers"), Some((Some(61.0), None)));
    assert_eq!(amount("between 20 and 30 people"), Some((Some(20.0), Some(30.0))));
    assert_eq!(amount("up to 2,000"), Some((None, Some(2000.0))));
    assert_eq!(amount("dozens of soldiers"), Some((Some(24.0), Some(99.0))));
    assert_eq!(amount("tens of thousands"), Some((Some(20000.0), Some(99999.0))));
    assert_eq!(amount("nearly 4,000 inmates"), exactly(4000.0));
    assert_eq!(amount("Twenty - nine of them".to_lowercase().as_str()), exactly(29.0));
    assert_eq!(amount("the 22 - year - old"), None);
    assert_eq!(amount("the 22-year-old"), None);
    assert_eq!(amount("soldiers"), None);
}

#[test]
fn sums_of_money() {
    let money = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        Quantities::shipped().unwrap().money(&words).map(|m| (m.amount.max, m.currency))
    };
    assert_eq!(money("gave $ 50 million to Kenya"), Some((Some(50e6), "USD")));
    assert_eq!(money("€4m"), Some((Some(4e6), "EUR")));
    assert_eq!(money("350 million euros"), Some((Some(350e6), "EUR")));
    assert_eq!(money("worth 30m Norwegian krone"), Some((Some(30e6), "NOK")));
    assert_eq!(money("no sum"), None);
}
