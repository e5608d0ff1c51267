//! Columns of Arrow by name, as the stories in them want them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type, Int64Type};
use pyo3::PyResult;
use pyo3::exceptions::PyKeyError;

use crate::wrong;

fn column(batch: &RecordBatch, name: &str) -> PyResult<ArrayRef> {
    let found = batch.column_by_name(name).cloned();
    let all = || batch.schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| PyKeyError::new_err(format!("there is no column `{name}`; there are {}", all())))
}

fn of_type(batch: &RecordBatch, name: &str, kind: &DataType) -> PyResult<ArrayRef> {
    let column = column(batch, name)?;
    // What has the type already is taken as it is.
    if column.data_type() == kind { Ok(column) } else { cast(&column, kind).map_err(wrong) }
}

/// A column as text; days become `2019-01-04`.
pub fn text(batch: &RecordBatch, name: &str) -> PyResult<StringArray> {
    Ok(of_type(batch, name, &DataType::Utf8)?.as_string::<i32>().clone())
}

pub fn long(batch: &RecordBatch, name: &str) -> PyResult<Int64Array> {
    Ok(of_type(batch, name, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
}

pub fn int(batch: &RecordBatch, name: &str) -> PyResult<Int32Array> {
    Ok(of_type(batch, name, &DataType::Int32)?.as_primitive::<Int32Type>().clone())
}

pub fn binary(batch: &RecordBatch, name: &str) -> PyResult<BinaryArray> {
    Ok(of_type(batch, name, &DataType::Binary)?.as_binary::<i32>().clone())
}

/// A cell of text.
pub fn cell(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

/// A column of text that may be absent.
pub fn text_if_any(batch: &RecordBatch, name: &str) -> PyResult<Option<StringArray>> {
    batch.column_by_name(name).map(|_| text(batch, name)).transpose()
}

/// Cells as a column.
pub fn of_texts(cells: Vec<Option<String>>) -> ArrayRef {
    Arc::new(StringArray::from(cells))
}
