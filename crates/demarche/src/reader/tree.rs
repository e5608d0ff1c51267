//! From scores of arcs to a tree: one root, every word below it.
//!
//! Where the likeliest heads already make a tree, they are it; else the maximum spanning tree is found by the algorithm of
//! Chu, Liu and Edmonds, tried for each likely root so that there is only one.

/// Heads of words `1..=n` (0 is the root) that make the tree of the highest score. `score(word, head)` counts words from 1.
pub(crate) fn decode(n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let scores: Vec<Vec<f32>> = (0..=n)
        .map(|word| {
            (0..=n).map(|head| if word == 0 || word == head { f32::NEG_INFINITY } else { score(word, head) }).collect()
        })
        .collect();
    let greedy: Vec<usize> = (0..=n).map(|word| if word == 0 { 0 } else { best(&scores[word]) }).collect();
    let roots = greedy.iter().skip(1).filter(|&&head| head == 0).count();
    if roots == 1 && cycle(&greedy).is_none() {
        return greedy[1..].to_vec();
    }
    rooted(&scores)
}

fn best(row: &[f32]) -> usize {
    let mut at = 0;
    for (i, &value) in row.iter().enumerate() {
        if value > row[at] {
            at = i;
        }
    }
    at
}

/// The words of a cycle among `heads`, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0u32; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && state[at] == 0 {
            state[at] = start as u32;
            at = heads[at];
        }
        if at != 0 && state[at] == start as u32 {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

/// How many words are tried as the only root.
const CANDIDATES: usize = 4;

fn rooted(scores: &[Vec<f32>]) -> Vec<usize> {
    let n = scores.len() - 1;
    let mut order: Vec<usize> = (1..=n).collect();
    order.sort_by(|&a, &b| scores[b][0].total_cmp(&scores[a][0]));
    let mut found: Option<(f32, Vec<usize>)> = None;
    for &root in order.iter().take(CANDIDATES) {
        let mut only = scores.to_vec();
        for (word, row) in only.iter_mut().enumerate().skip(1) {
            if word == root {
                row[1..].fill(f32::NEG_INFINITY);
            } else {
                row[0] = f32::NEG_INFINITY;
            }
        }
        let heads = spanning(&only);
        let total: f32 = (1..=n).map(|word| only[word][heads[word]]).sum();
        if found.as_ref().is_none_or(|(most, _)| total > *most) {
            found = Some((total, heads));
        }
    }
    found.map(|(_, heads)| heads[1..].to_vec()).unwrap_or_default()
}

/// Chu, Liu and Edmonds: heads of the maximum spanning tree below node 0.
fn spanning(scores: &[Vec<f32>]) -> Vec<usize> {
    let heads: Vec<usize> = (0..scores.len()).map(|word| if word == 0 { 0 } else { best(&scores[word]) }).collect();
    let Some(ring) = cycle(&heads) else { return heads };
    let n = scores.len();
    let inside = |node: usize| ring.contains(&node);
    let outer: Vec<usize> = (0..n).filter(|&node| !inside(node)).collect();
    let merged = outer.len();
    let mut small = vec![vec![f32::NEG_INFINITY; merged + 1]; merged + 1];
    // Which word of the ring an outer arc enters or leaves by.
    let (mut enters, mut leaves) = (vec![0; merged], vec![0; merged]);
    for (i, &a) in outer.iter().enumerate() {
        for (j, &b) in outer.iter().enumerate() {
            small[i][j] = scores[a][b];
        }
        let gain = |word: usize| scores[word][a] - scores[word][heads[word]];
        let into = ring.iter().copied().max_by(|&x, &y| gain(x).total_cmp(&gain(y))).unwrap_or(ring[0]);
        let out = ring.iter().copied().max_by(|&x, &y| scores[a][x].total_cmp(&scores[a][y])).unwrap_or(ring[0]);
        small[merged][i] = gain(into);
        small[i][merged] = scores[a][out];
        (enters[i], leaves[i]) = (into, out);
    }
    let below = spanning(&small);
    let mut out = heads;
    for (i, &node) in outer.iter().enumerate().skip(1) {
        out[node] = if below[i] == merged { leaves[i] } else { outer[below[i]] };
    }
    let entry = below[merged];
    out[enters[entry]] = outer[entry];
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best tree by trying all, for few words.
    fn exhaustive(n: usize, score: &dyn Fn(usize, usize) -> f32) -> f32 {
        let mut most = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> =
                std::iter::once(0).chain((0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1))).collect();
            let one_root = heads[1..].iter().filter(|&&h| h == 0).count() == 1;
            if one_root && (1..=n).all(|w| heads[w] != w) && cycle(&heads).is_none() {
                most = most.max((1..=n).map(|w| score(w, heads[w])).sum());
            }
        }
        most
    }

    proptest! {
        #[test]
        fn it_is_the_best_tree(n in 1usize..5, values in prop::collection::vec(-5.0f32..5.0, 25)) {
            let score = |word: usize, head: usize| values[word * 5 + head];
            let heads = decode(n, score);
            let total: f32 = (1..=n).map(|w| score(w, heads[w - 1])).sum();
            prop_assert!((total - exhaustive(n, &score)).abs() < 1e-4);
        }

        #[test]
        fn it_is_a_tree(n in 1usize..40, values in prop::collection::vec(-9.0f32..9.0, 1600)) {
            let heads = decode(n, |word, head| values[(word * 41 + head * 7) % 1600]);
            prop_assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
            for mut at in 1..=n {
                for _ in 0..=n {
                    at = if at == 0 { 0 } else { heads[at - 1] };
                }
                prop_assert_eq!(at, 0);
            }
        }
    }
}
