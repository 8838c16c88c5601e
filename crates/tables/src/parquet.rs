//! Parquet: columns for pandas, polars, DuckDB and whatever else reads it.

use super::RowSink;
use onrecord_record::{Cell, CellKind, Column};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of one group: enough to compress well, few enough to keep in memory.
const GROUP_ROWS: usize = 20_000;
/// Bytes of text after which a group is written.
const GROUP_BYTES: usize = 32 << 20;

/// Rows as Parquet: texts are UTF-8 strings, every column may be null, pages are compressed with zstd.
pub struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<ColumnValues>,
    rows: usize,
    bytes: usize,
}

/// Values of a column that wait to be written, and for each row whether there is one.
struct ColumnValues {
    there: Vec<i16>,
    texts: Vec<ByteArray>,
    numbers: Vec<i64>,
    reals: Vec<f64>,
    flags: Vec<bool>,
    kind: CellKind,
}

impl ColumnValues {
    fn of(kind: CellKind) -> Self {
        ColumnValues {
            there: Vec::new(),
            texts: Vec::new(),
            numbers: Vec::new(),
            reals: Vec::new(),
            flags: Vec::new(),
            kind,
        }
    }
}

impl<W: Write + Send> Parquet<W> {
    /// Rows of these columns, to `out`.
    pub fn new(columns: &[Column], out: W) -> io::Result<Self> {
        let mut schema = String::from("message onrecord {\n");
        for column in columns {
            let kind = match column.kind {
                CellKind::Text => ("BYTE_ARRAY", " (UTF8)"),
                CellKind::Number => ("INT64", ""),
                CellKind::Real => ("DOUBLE", ""),
                CellKind::Flag => ("BOOLEAN", ""),
            };
            schema.push_str(&format!("  OPTIONAL {} {}{};\n", kind.0, column.name, kind.1));
        }
        schema.push('}');
        let schema = parse_message_type(&schema).map_err(io::Error::other)?;
        let level = ZstdLevel::try_new(3).map_err(io::Error::other)?;
        // The name of the program without its version: the same archive is the same file.
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by("onrecord".to_owned())
            .build();
        let writer =
            SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Parquet {
            writer,
            columns: columns.iter().map(|column| ColumnValues::of(column.kind)).collect(),
            rows: 0,
            bytes: 0,
        })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for values in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            write_column(values, &mut column)?;
            column.close()?;
            *values = ColumnValues::of(values.kind);
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

fn write_column(values: &ColumnValues, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
    let there = Some(values.there.as_slice());
    match values.kind {
        CellKind::Text => column.typed::<ByteArrayType>().write_batch(&values.texts, there, None)?,
        CellKind::Number => column.typed::<Int64Type>().write_batch(&values.numbers, there, None)?,
        CellKind::Real => column.typed::<DoubleType>().write_batch(&values.reals, there, None)?,
        CellKind::Flag => column.typed::<BoolType>().write_batch(&values.flags, there, None)?,
    };
    Ok(())
}

impl<W: Write + Send> RowSink for Parquet<W> {
    fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        for (values, cell) in self.columns.iter_mut().zip(row) {
            let there = match cell {
                Cell::Text(value) => {
                    values.texts.extend(value.as_deref().map(ByteArray::from));
                    self.bytes += value.as_deref().map_or(0, str::len);
                    value.is_some()
                }
                Cell::Number(value) => {
                    values.numbers.extend(value);
                    value.is_some()
                }
                Cell::Real(value) => {
                    values.reals.extend(value);
                    value.is_some()
                }
                Cell::Flag(value) => {
                    values.flags.extend(value);
                    value.is_some()
                }
            };
            values.there.push(i16::from(there));
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(io::Error::other)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_group().map_err(io::Error::other)?;
        self.writer.close().map(|_| ()).map_err(io::Error::other)
    }
}
