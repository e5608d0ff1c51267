//! The encoder and its heads, run by `rten`.

use rten::{Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use std::sync::Arc;

use super::ReaderError;
use super::labels::Labels;
use super::pieces::Pieced;

/// The most pieces a sentence may have, the opening and closing one counted.
pub(crate) const LONGEST: usize = 256;

/// About how many pieces make a batch: enough to keep the products busy, few enough to stay in the cache.
const BATCH: usize = 768;

/// Out of reach for attention, without the risk of an infinite difference.
const MASKED: f32 = -1e4;

/// The network that reads a batch of sentences.
pub(crate) struct Encoder {
    model: Model,
    inputs: [NodeId; 5],
    outputs: [NodeId; 5],
}

/// What the heads say of one batch: `b` sentences padded to `w` words.
pub(crate) struct Scores {
    /// Vectors (b, 1 + w, width), the root's first.
    pub words: NdTensor<f32, 3>,
    /// Tags, features and parts of attributions (b, w, labels).
    pub tags: NdTensor<f32, 3>,
    /// Arcs (b, w, 1 + w): word, head.
    pub arc: NdTensor<f32, 3>,
    /// Relations (b, w * relations, 1 + w).
    pub rel: NdTensor<f32, 3>,
    /// Mentions (b, w * types, w): first word and type, last word.
    pub span: NdTensor<f32, 3>,
}

impl Encoder {
    pub fn new(weights: &'static [u8], labels: &Labels) -> Result<Self, ReaderError> {
        let failed = |error: &dyn std::fmt::Display| ReaderError::Weights(error.to_string());
        let model = Model::load_static_slice(weights).map_err(|error| failed(&error))?;
        let node = |name: &str| model.node_id(name).map_err(|error| failed(&error));
        let inputs = [node("pieces")?, node("case")?, node("positions")?, node("bias")?, node("first")?];
        let outputs = [node("words")?, node("tags")?, node("arc")?, node("rel")?, node("span")?];
        let encoder = Self { model, inputs, outputs };
        encoder.check(labels)?;
        Ok(encoder)
    }

    /// One tiny batch shows whether the weights fit the labels.
    fn check(&self, labels: &Labels) -> Result<(), ReaderError> {
        let tiny = Pieced { pieces: vec![101, 1996, 102], case: vec![0, 1, 0], first: vec![0, 1] };
        let scores = self.run(&[&tiny], &Arc::new(ThreadPool::with_num_threads(1)))?;
        let words = scores.arc.size(1);
        let fits = scores.tags.size(2) == labels.tags()
            && scores.rel.size(1) == words * labels.deprel.len()
            && scores.span.size(1) == words * (labels.mention.len() + 1);
        if fits { Ok(()) } else { Err(ReaderError::Weights("they do not fit the labels".to_owned())) }
    }

    /// Reads sentences of the same padded length.
    pub fn run(&self, batch: &[&Pieced], pool: &Arc<ThreadPool>) -> Result<Scores, ReaderError> {
        let length = batch.iter().map(|s| padded(s.pieces.len())).max().unwrap_or(3);
        let words = length - 1;
        let fill = |row: &[i32], at: usize| row.get(at).copied().unwrap_or(0);
        let pieces = Tensor::from_fn(&[batch.len(), length], |at| fill(&batch[at[0]].pieces, at[1]));
        let case = Tensor::from_fn(&[batch.len(), length], |at| fill(&batch[at[0]].case, at[1]));
        let positions = Tensor::from_fn(&[length], |at| at[0] as i32);
        let bias =
            Tensor::from_fn(
                &[batch.len(), 1, 1, length],
                |at| if at[3] < batch[at[0]].pieces.len() { 0.0 } else { MASKED },
            );
        let first =
            Tensor::from_fn(&[batch.len(), words], |at| (at[0] * length) as i32 + fill(&batch[at[0]].first, at[1]));
        let values: [ValueOrView; 5] = [pieces.into(), case.into(), positions.into(), bias.into(), first.into()];
        let inputs = self.inputs.into_iter().zip(values).collect();
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let failed = |error: &dyn std::fmt::Display| ReaderError::Run(error.to_string());
        let [words, tags, arc, rel, span] =
            self.model.run_n(inputs, self.outputs, Some(options)).map_err(|error| failed(&error))?;
        let scores = |value: Value| value.try_into().map_err(|error: rten::TryFromValueError| failed(&error));
        Ok(Scores {
            words: scores(words)?,
            tags: scores(tags)?,
            arc: scores(arc)?,
            rel: scores(rel)?,
            span: scores(span)?,
        })
    }
}

/// The length that a sentence is padded to. It depends on nothing but the sentence, so that its scores do not either.
pub(crate) fn padded(length: usize) -> usize {
    let step = match length {
        0..=48 => 4,
        49..=96 => 8,
        _ => 32,
    };
    length.next_multiple_of(step)
}

/// The order to read sentences in: batches of the same padded length, as lists of indices.
pub(crate) fn batches(lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&i| padded(lengths[i]));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let length = padded(lengths[i]);
        match out.last_mut() {
            Some(batch) if padded(lengths[batch[0]]) == length && (batch.len() + 1) * length <= BATCH => batch.push(i),
            _ => out.push(vec![i]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_sentence_once_at_one_length() {
        let lengths: Vec<usize> = (0..500).map(|i| 3 + (i * 7919) % 200).collect();
        let made = batches(&lengths);
        let mut all: Vec<usize> = made.concat();
        all.sort_unstable();
        assert_eq!(all, (0..500).collect::<Vec<_>>());
        assert!(made.iter().all(|batch| batch.iter().all(|&i| padded(lengths[i]) == padded(lengths[batch[0]]))));
    }
}
