//! The network that reads events, run by `rten`: MPNet and what is read off its words' vectors.

use std::borrow::Cow;
use std::sync::Arc;

use rten::{Model, NodeId, ThreadPool, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::ReaderError;
use super::encoder::{MASKED, all, failed, load, options, padded, scores};
use super::events::{Read, softmax};
use super::labels::EventLabels;
use super::pieces::Pieced;
use super::reading::{Party, Trigger};
use super::windows::Window;

/// About how many pieces make a batch.
const BATCH: usize = 512;

/// The first position, and the last that the weights have: what lies beyond is padding.
const FIRST: i32 = 2;
const LAST: i32 = 255;
/// Buckets of distances, and from which distance on they are all one (T5's relative positions: Raffel et al. 2020).
const BUCKETS: i32 = 32;
const FAR: f32 = 128.0;

/// The network and its labels.
pub(crate) struct EventNetwork {
    model: Model,
    inputs: [NodeId; 6],
    outputs: [NodeId; 2],
    pairs: [NodeId; 3],
    pair: NodeId,
    pub labels: EventLabels,
}

/// The triggers of a stretch of words, and whoever may be a party to one.
pub(super) type Told = (Vec<Trigger>, Vec<Party>);

/// What the network says of one batch.
struct EventScores {
    /// Scores of words (b, w, labels).
    tags: NdTensor<f32, 3>,
    /// Scores of roles (b, 4 w, w).
    roles: NdTensor<f32, 3>,
}

impl EventNetwork {
    /// Loads the graph with its weights, in four bits and several parts.
    pub fn new(graph: Cow<'static, [u8]>, weights: &[Cow<'static, [u8]>], labels: &str) -> Result<Self, ReaderError> {
        let model = load(graph, weights)?;
        let node = |name| model.node_id(name).map_err(|error| ReaderError::Weights(error.to_string()));
        let network = Self {
            inputs: all(["pieces", "case", "positions", "distances", "bias", "first"].map(node))?,
            outputs: all(["tags", "role"].map(node))?,
            pairs: all(["source", "target", "whole"].map(node))?,
            pair: node("pair")?,
            labels: EventLabels::read(labels)?,
            model,
        };
        let tiny = Pieced { pieces: vec![2, 999, 3], case: vec![0, 1, 0], first: vec![0, 1] };
        let read = network.run(&[&tiny], &Arc::new(ThreadPool::with_num_threads(1)))?;
        if read.tags.size(2) == network.labels.scores() {
            Ok(network)
        } else {
            Err(ReaderError::Weights("the network of events does not fit its labels".to_owned()))
        }
    }

    /// What the words of windows tell of, by the parts of each; all of the same padded length.
    pub fn read(&self, batch: &[&Window], pool: &Arc<ThreadPool>) -> Result<Vec<Vec<Told>>, ReaderError> {
        let rows: Vec<&Pieced> = batch.iter().map(|window| &window.pieced).collect();
        let scores = self.run(&rows, pool)?;
        let told = |(row, window): (usize, &&Window)| {
            let (tags, roles) = (scores.tags.slice([row]), scores.roles.slice([row]));
            let read = Read { labels: &self.labels, tags, from: 0, roles };
            window.parts.iter().map(|part| read.of(part.at..part.at + part.words.len())).collect()
        };
        Ok(batch.iter().enumerate().map(told).collect())
    }

    /// Reads windows of the same padded length.
    fn run(&self, batch: &[&Pieced], pool: &Arc<ThreadPool>) -> Result<EventScores, ReaderError> {
        let [tags, roles] =
            self.model.run_n(self.inputs(batch), self.outputs, options(pool)).map_err(failed)?.map(scores);
        Ok(EventScores { tags: tags?, roles: roles? })
    }

    /// The type of a marked pair: shares of the types, the first that there is none.
    pub fn relate(&self, of: &Pieced, [source, target]: [&[usize]; 2]) -> Result<Vec<f32>, ReaderError> {
        let count = of.first.len() - 1;
        let words = padded(of.pieces.len()) - 1;
        let share = |inside: &dyn Fn(usize) -> bool| {
            let each = 1.0 / (0..count).filter(|&i| inside(i)).count().max(1) as f32;
            Tensor::from_fn(&[1, words], |at| if at[1] < count && inside(at[1]) { each } else { 0.0 })
        };
        let masks = [share(&|i| source.contains(&i)), share(&|i| target.contains(&i)), share(&|_| true)];
        let mut inputs = self.inputs(&[of]);
        inputs.extend(self.pairs.into_iter().zip(masks.map(ValueOrView::from)));
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let [out] = self.model.run_n(inputs, [self.pair], options(&pool)).map_err(failed)?;
        let out: NdTensor<f32, 2> = scores(out)?;
        Ok(softmax(out.slice(0).iter().copied()))
    }

    fn inputs(&self, batch: &[&Pieced]) -> Vec<(NodeId, ValueOrView<'static>)> {
        let length = batch.iter().map(|s| padded(s.pieces.len())).max().unwrap_or(3);
        let words = length - 1;
        let at = |row: &[i32], at: usize| row.get(at).copied().unwrap_or(0);
        let pieces = Tensor::from_fn(&[batch.len(), length], |i| at(&batch[i[0]].pieces, i[1]));
        let case = Tensor::from_fn(&[batch.len(), length], |i| at(&batch[i[0]].case, i[1]));
        let positions = Tensor::from_fn(&[length], |i| (FIRST + i[0] as i32).min(LAST));
        let distances = Tensor::from_fn(&[length, length], |i| bucket(i[1] as i32 - i[0] as i32));
        let there = |row: usize, at: usize| at < batch[row].pieces.len();
        let bias = Tensor::from_fn(&[batch.len(), 1, 1, length], |i| if there(i[0], i[3]) { 0.0 } else { MASKED });
        // The root is no word here.
        let first =
            Tensor::from_fn(&[batch.len(), words], |i| (i[0] * length) as i32 + at(&batch[i[0]].first, i[1] + 1));
        let values: [ValueOrView; 6] =
            [pieces.into(), case.into(), positions.into(), distances.into(), bias.into(), first.into()];
        self.inputs.into_iter().zip(values).collect()
    }
}

/// The bucket of a distance from one piece to another: exact when near, logarithmic when far.
fn bucket(distance: i32) -> i32 {
    let half = BUCKETS / 2;
    let sign = if distance > 0 { half } else { 0 };
    let (n, exact) = (distance.abs(), half / 2);
    if n < exact {
        return sign + n;
    }
    let far = (n as f32 / exact as f32).ln() / (FAR / exact as f32).ln() * (half - exact) as f32;
    sign + (exact + far as i32).min(half - 1)
}

/// The order to read windows in: batches of the same padded length, as lists of indices.
pub(super) fn batches(lengths: &[usize]) -> Vec<Vec<usize>> {
    super::encoder::batches(lengths, BATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets_as_the_network_learnt_them() {
        let buckets = [-300, -128, -20, -8, -1, 0, 1, 7, 8, 9, 16, 50, 127, 300].map(bucket);
        assert_eq!(buckets, [15, 15, 10, 8, 1, 0, 17, 23, 24, 24, 26, 29, 31, 31]);
    }
}
