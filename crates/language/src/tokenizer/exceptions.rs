//! Exceptions: chunks that are always split in the same way.

use crate::words::ExceptionToken;
use onrecord_tensors::{WeightsError, WeightsFile};

/// The exceptions of a model's tokenizer, in their order.
pub(crate) fn read_exceptions(file: &WeightsFile) -> Result<Vec<Vec<ExceptionToken>>, WeightsError> {
    let name = "tokenizer/exceptions";
    let mut exceptions = Vec::new();
    for record in file.text(name)?.split('\x1e') {
        let fields: Vec<&str> = record.split('\x1f').collect();
        let (pairs, rest) = fields.as_chunks::<2>();
        if !rest.is_empty() || pairs.iter().any(|[orth, _]| orth.is_empty()) {
            return Err(WeightsError::table(name, "has an exception without letters"));
        }
        let token = |[orth, norm]: &[&str; 2]| ExceptionToken {
            orth: (*orth).to_owned(),
            norm: (!norm.is_empty()).then(|| (*norm).to_owned()),
        };
        exceptions.push(pairs.iter().map(token).collect());
    }
    Ok(exceptions)
}
