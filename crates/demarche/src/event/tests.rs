//! Every row of the lexicon keeps its example.
