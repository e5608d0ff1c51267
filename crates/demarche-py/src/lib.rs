//! Demarche in Python: the module `demarche._demarche`, on which the package's own Python stands.
//!
//! In: texts, Arrow data and files as Python has them. Out: records as JSON, and Arrow data over the C data interface, which Python's libraries
//! take without copying. The lock of the interpreter is let go while stories are read and coded, and an interrupt is heard.
//! Never: a rule of coding; those are the library's, so that Python, Spark and the command give the same records.

mod coder;
mod columns;
mod crawl;
mod given;
mod patience;
mod rows;
mod spread;
mod table;

use demarche::DossierTables;
use demarche::record::Record;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// An error in Python's words.
fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn record(json: &str) -> PyResult<Record> {
    serde_json::from_str(json).map_err(|error| wrong(format!("this is no record: {error}")))
}

/// A dossier as JSON and as Markdown.
#[pyfunction]
fn dossier(py: Python, records: Vec<String>, between: Vec<String>) -> PyResult<(String, String)> {
    py.detach(|| {
        let records = records.iter().map(|json| record(json)).collect::<PyResult<Vec<_>>>()?;
        let dossier = DossierTables::shipped().map_err(wrong)?.make(&records, &between);
        Ok((serde_json::to_string(&dossier).map_err(wrong)?, dossier.markdown()))
    })
}

/// A record as a notebook shows it.
#[pyfunction]
fn html(json: &str) -> PyResult<String> {
    Ok(demarche_marks::notebook(&record(json)?))
}

/// The JSON Schema of records.
#[pyfunction]
fn schema() -> PyResult<String> {
    serde_json::to_string(&demarche::record::schema()).map_err(wrong)
}

#[pymodule]
fn _demarche(module: &Bound<PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<coder::Coder>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<crawl::Reading>()?;
    module.add_class::<spread::Copies>()?;
    module.add_class::<spread::Links>()?;
    module.add_function(wrap_pyfunction!(dossier, module)?)?;
    module.add_function(wrap_pyfunction!(html, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)?;
    module.add_function(wrap_pyfunction!(crawl::read, module)?)?;
    module.add_function(wrap_pyfunction!(spread::compare, module)?)?;
    Ok(())
}
