//! The encoder and its heads, run by `rten`.

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use std::borrow::Cow;
use std::sync::Arc;

use super::ReaderError;
use super::labels::Labels;
use super::packed::unpack;
use super::pieces::Pieced;

/// The most pieces a sentence may have, the opening and closing one counted.
pub(crate) const LONGEST: usize = 256;

/// About how many pieces make a batch: enough to keep the products busy, few enough to stay in the cache.
pub(super) const BATCH: usize = 768;

/// Out of reach for attention, without the risk of an infinite difference.
pub(super) const MASKED: f32 = -1e4;

/// The network that reads a batch of sentences.
pub(crate) struct Encoder {
    reader: Model,
    inputs: [NodeId; 5],
    outputs: [NodeId; 6],
    /// Names the relations of arcs, once they are chosen.
    attach: Model,
    pair: [NodeId; 2],
    deprel: NodeId,
}

/// What the heads say of one batch: `b` sentences padded to `w` words.
pub(crate) struct Scores {
    /// Tags, features, parts of attributions, and what words tell of (b, w, labels).
    pub tags: NdTensor<f32, 3>,
    /// Arcs (b, w, 1 + w): word, head.
    pub arc: NdTensor<f32, 3>,
    /// Mentions (b, w * types, w): first word and type, last word.
    pub span: NdTensor<f32, 3>,
    /// Roles (b, w * 4, w): trigger and role, other word.
    pub role: NdTensor<f32, 3>,
    /// The root and the words as dependents and as governors (b, 1 + w, size): what their relations are told by.
    dependent: NdTensor<f32, 3>,
    governor: NdTensor<f32, 3>,
}

impl Encoder {
    /// Loads the two networks and tries them on a tiny batch, which shows whether they fit the labels; `pieces` are weights that the first keeps
    /// apart, and `events` is how many of its scores are for what a word tells of.
    pub fn new(
        [reader, attach, pieces]: [Cow<'static, [u8]>; 3],
        labels: &Labels,
        events: usize,
    ) -> Result<Self, ReaderError> {
        let (reader, attach) = (load(reader, &[pieces])?, load(attach, &[])?);
        let node = |model: &Model, name| model.node_id(name).map_err(|error| ReaderError::Weights(error.to_string()));
        let inputs = ["pieces", "case", "positions", "bias", "first"].map(|name| node(&reader, name));
        let outputs = ["tags", "arc", "span", "role", "dependent", "governor"].map(|name| node(&reader, name));
        let pair = ["dependent", "governor"].map(|name| node(&attach, name));
        let deprel = node(&attach, "deprel")?;
        let encoder = Self { reader, inputs: all(inputs)?, outputs: all(outputs)?, attach, pair: all(pair)?, deprel };
        let tiny = Pieced { pieces: vec![2, 999, 3], case: vec![0, 1, 0], first: vec![0, 1] };
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let scores = encoder.run(&[&tiny], &pool)?;
        let relations = encoder.relations(&scores, &[vec![0]], &pool)?;
        let fits = scores.tags.size(2) == labels.tags() + events
            && relations.size(1) == labels.deprel.len()
            && scores.span.size(1) == scores.span.size(2) * (labels.mention.len() + 1);
        if fits { Ok(encoder) } else { Err(ReaderError::Weights("they do not fit the labels".to_owned())) }
    }

    /// Reads sentences of the same padded length.
    pub fn run(&self, batch: &[&Pieced], pool: &Arc<ThreadPool>) -> Result<Scores, ReaderError> {
        let length = batch.iter().map(|s| padded(s.pieces.len())).max().unwrap_or(3);
        let words = length - 1;
        let fill = |row: &[i32], at: usize| row.get(at).copied().unwrap_or(0);
        let pieces = Tensor::from_fn(&[batch.len(), length], |at| fill(&batch[at[0]].pieces, at[1]));
        let case = Tensor::from_fn(&[batch.len(), length], |at| fill(&batch[at[0]].case, at[1]));
        let positions = Tensor::from_fn(&[length], |at| at[0] as i32);
        let there = |row: usize, at: usize| at < batch[row].pieces.len();
        let bias = Tensor::from_fn(&[batch.len(), 1, 1, length], |at| if there(at[0], at[3]) { 0.0 } else { MASKED });
        let first =
            Tensor::from_fn(&[batch.len(), words], |at| (at[0] * length) as i32 + fill(&batch[at[0]].first, at[1]));
        let values: [ValueOrView; 5] = [pieces.into(), case.into(), positions.into(), bias.into(), first.into()];
        let inputs = self.inputs.into_iter().zip(values).collect();
        let out = self.reader.run_n(inputs, self.outputs, options(pool)).map_err(failed)?;
        let [tags, arc, span, role, dependent, governor] = out.map(scores);
        Ok(Scores { tags: tags?, arc: arc?, span: span?, role: role?, dependent: dependent?, governor: governor? })
    }

    /// Scores (n, relations) of every word's relation to its head, sentence after sentence; head 0 is the root.
    pub fn relations(
        &self,
        of: &Scores,
        heads: &[Vec<usize>],
        pool: &Arc<ThreadPool>,
    ) -> Result<NdTensor<f32, 2>, ReaderError> {
        let size = of.dependent.size(2);
        let arcs = || {
            heads
                .iter()
                .enumerate()
                .flat_map(|(row, heads)| heads.iter().enumerate().map(move |(i, &head)| (row, i + 1, head)))
        };
        let gather = |from: &NdTensor<f32, 3>, pick: fn((usize, usize, usize)) -> [usize; 2]| {
            let mut data: Vec<f32> = Vec::with_capacity(arcs().count() * size);
            arcs().for_each(|arc| data.extend(from.slice(pick(arc)).iter()));
            Tensor::from_data(&[data.len() / size, size], data)
        };
        let dependent = gather(&of.dependent, |(row, word, _)| [row, word]);
        let governor = gather(&of.governor, |(row, _, head)| [row, head]);
        let inputs = vec![(self.pair[0], dependent.into()), (self.pair[1], governor.into())];
        let [deprel] = self.attach.run_n(inputs, [self.deprel], options(pool)).map_err(failed)?;
        scores(deprel)
    }
}

/// A network; `beside` are the parts of the weights that stand apart from its graph, in four bits.
pub(super) fn load(graph: Cow<'static, [u8]>, beside: &[Cow<'static, [u8]>]) -> Result<Model, ReaderError> {
    // Packed once here, the weights need not be packed for every batch.
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    if !beside.is_empty() {
        let parts: Vec<&[u8]> = beside.iter().map(AsRef::as_ref).collect();
        options.external_data("weights.data", unpack(&parts));
    }
    let model = match graph {
        Cow::Borrowed(graph) if beside.is_empty() => options.load_static_slice(graph),
        graph => options.load(graph.into_owned()),
    };
    model.map_err(|error| ReaderError::Weights(error.to_string()))
}

pub(super) fn all<const N: usize>(nodes: [Result<NodeId, ReaderError>; N]) -> Result<[NodeId; N], ReaderError> {
    let found: Vec<NodeId> = nodes.into_iter().collect::<Result<_, _>>()?;
    found.try_into().map_err(|_| ReaderError::Weights("they lack a part".to_owned()))
}

pub(super) fn options(pool: &Arc<ThreadPool>) -> Option<RunOptions> {
    Some(RunOptions::default().with_thread_pool(Some(pool.clone())))
}

pub(super) fn failed(error: impl std::fmt::Display) -> ReaderError {
    ReaderError::Run(error.to_string())
}

pub(super) fn scores<const N: usize>(value: Value) -> Result<NdTensor<f32, N>, ReaderError>
where
    Value: TryInto<NdTensor<f32, N>, Error: std::fmt::Display>,
{
    value.try_into().map_err(failed)
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

/// The order to read sentences in: batches of the same padded length and about `size` pieces, as lists of indices.
pub(crate) fn batches(lengths: &[usize], size: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&i| padded(lengths[i]));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let length = padded(lengths[i]);
        match out.last_mut() {
            Some(batch) if padded(lengths[batch[0]]) == length && (batch.len() + 1) * length <= size => batch.push(i),
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
        let made = batches(&lengths, BATCH);
        let mut all: Vec<usize> = made.concat();
        all.sort_unstable();
        assert_eq!(all, (0..500).collect::<Vec<_>>());
        assert!(made.iter().all(|batch| batch.iter().all(|&i| padded(lengths[i]) == padded(lengths[batch[0]]))));
    }
}
