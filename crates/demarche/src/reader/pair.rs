//! The event relation of a source and a target, told from the words' vectors.

use std::borrow::Cow;
use std::sync::Arc;

use rten::{Model, NodeId, ThreadPool, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::ReaderError;
use super::encoder::{all, failed, load, options, scores};
use super::reading::Sentence;

/// The network that types a pair.
pub(crate) struct Pair {
    model: Model,
    inputs: [NodeId; 4],
    output: NodeId,
    pool: Arc<ThreadPool>,
}

impl Pair {
    pub fn new(weights: Cow<'static, [u8]>) -> Result<Self, ReaderError> {
        let model = load(weights)?;
        let node = |name| model.node_id(name).map_err(|error| ReaderError::Weights(error.to_string()));
        let inputs = all(["words", "bias", "source", "target"].map(node))?;
        let output = node("relation")?;
        Ok(Self { inputs, output, model, pool: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// Probabilities of the relations.
    pub fn run(&self, sentence: &Sentence, source: &[usize], target: &[usize]) -> Result<Vec<f32>, ReaderError> {
        let count = sentence.words.len();
        let width = sentence.vectors.len() / count.max(1);
        let words = Tensor::from_data(&[1, count, width], sentence.vectors.clone());
        let share = |of: &[usize]| {
            let each = 1.0 / of.len().max(1) as f32;
            Tensor::from_fn(&[1, count], |at| if of.contains(&at[1]) { each } else { 0.0 })
        };
        let bias = Tensor::<f32>::zeros(&[1, count]);
        let values: [ValueOrView; 4] = [words.into(), bias.into(), share(source).into(), share(target).into()];
        let inputs = self.inputs.into_iter().zip(values).collect();
        let [out] = self.model.run_n(inputs, [self.output], options(&self.pool)).map_err(failed)?;
        let out: NdTensor<f32, 2> = scores(out)?;
        let row: Vec<f32> = out.slice(0).to_vec();
        let most = row.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = row.iter().map(|s| (s - most).exp()).sum();
        Ok(row.iter().map(|s| (s - most).exp() / total).collect())
    }
}
