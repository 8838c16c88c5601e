//! The networks: embeddings, encoders, and what reads tags, arcs and names from them.

use super::package::{SpacyPackage, array, get, text, unpack};
use onrecord_tensors::WeightsWriter;
use rmpv::Value;

/// One network as thinc saves it: nodes in the order of a walk through it.
struct NetworkNodes {
    file: String,
    names: Vec<String>,
    attributes: Vec<Value>,
    parameters: Vec<Value>,
}

impl NetworkNodes {
    fn open(package: &SpacyPackage, component: &str) -> Result<Self, String> {
        let file = format!("{component}/model");
        let message = package.messages(&file)?;
        let list = |key: &str| get(&message, key).and_then(Value::as_array).cloned().ok_or(format!("{file}: no {key}"));
        let names: Result<Vec<String>, String> =
            list("nodes")?.iter().map(|node| text(node, "name").map(str::to_owned)).collect();
        Ok(Self { names: names?, attributes: list("attrs")?, parameters: list("params")?, file })
    }

    /// The nodes of a name, in order.
    fn named(&self, name: &str) -> Vec<usize> {
        (0..self.names.len()).filter(|at| self.names[*at] == name).collect()
    }

    fn attribute(&self, node: usize, name: &str) -> Result<Value, String> {
        let bytes = get(&self.attributes[node], name).and_then(Value::as_slice);
        bytes.and_then(unpack).ok_or(format!("{}: node {node} has no {name}", self.file))
    }

    fn write(&self, node: usize, parameter: &str, name: &str, to: &mut WeightsWriter) -> Result<Vec<usize>, String> {
        let (shape, numbers) = get(&self.parameters[node], parameter)
            .and_then(array)
            .ok_or(format!("{}: node {node} has no {parameter}", self.file))?;
        to.numbers(&format!("{name}/{parameter}"), &shape, &numbers);
        Ok(shape)
    }
}

pub fn write(package: &SpacyPackage, to: &mut WeightsWriter) -> Result<(), String> {
    encoder(package, "tok2vec", to)?;
    encoder(package, "ner", to)?;
    let tagger = NetworkNodes::open(package, "tagger")?;
    let softmax = *tagger.named("softmax").first().ok_or("tagger: no softmax")?;
    tagger.write(softmax, "W", "tagger", to)?;
    tagger.write(softmax, "b", "tagger", to)?;
    let labels = package.json("tagger/cfg")?;
    let labels = labels["labels"].as_array().ok_or("tagger/cfg has no labels")?.iter();
    let labels: Vec<&str> = labels.filter_map(serde_json::Value::as_str).collect();
    to.text("tagger/labels", &labels.join("\n"));
    transitions(package, "parser", &["S", "D", "L", "R", "B"], to)?;
    transitions(package, "ner", &["M", "B", "I", "L", "U", "O"], to)
}

/// Embeddings, the layer that mixes them, and the layers that look at neighbours.
fn encoder(package: &SpacyPackage, component: &str, to: &mut WeightsWriter) -> Result<(), String> {
    let nodes = NetworkNodes::open(package, component)?;
    let extract = *nodes.named("extract_features").first().ok_or(format!("{component}: no features"))?;
    let columns = nodes.attribute(extract, "columns")?;
    let columns = columns.as_array().ok_or("columns are not a list")?;
    let mut lines = Vec::new();
    for (at, node) in nodes.named("hashembed").into_iter().enumerate() {
        let column =
            nodes.attribute(node, "column")?.as_u64().and_then(|column| columns.get(usize::try_from(column).ok()?));
        let column = column.ok_or("an embedding has no column")?;
        let name = column.as_str().ok_or("a column has no name")?;
        lines.push(format!("{name}\t{}", nodes.attribute(node, "seed")?));
        nodes.write(node, "E", &format!("{component}/embed/{at}"), to)?;
    }
    to.text(&format!("{component}/columns"), &lines.join("\n"));
    let (maxout, norm) = (nodes.named("maxout"), nodes.named("layernorm"));
    if maxout.len() != norm.len() || maxout.is_empty() {
        return Err(format!("{component}: {} maxout layers, {} layer norms", maxout.len(), norm.len()));
    }
    for (at, (maxout, norm)) in maxout.into_iter().zip(norm).enumerate() {
        let name = if at == 0 { format!("{component}/mix") } else { format!("{component}/layer/{}", at - 1) };
        nodes.write(maxout, "W", &name, to)?;
        nodes.write(maxout, "b", &name, to)?;
        nodes.write(norm, "G", &format!("{name}/norm"), to)?;
        nodes.write(norm, "b", &format!("{name}/norm"), to)?;
    }
    for node in nodes.named("static_vectors") {
        nodes.write(node, "W", &format!("{component}/vectors"), to)?;
    }
    Ok(())
}

/// What scores the moves of a transition system, and the moves in order.
fn transitions(
    package: &SpacyPackage,
    component: &str,
    letters: &[&str],
    to: &mut WeightsWriter,
) -> Result<(), String> {
    let nodes = NetworkNodes::open(package, component)?;
    let affine = *nodes.named("precomputable_affine").first().ok_or(format!("{component}: no hidden layer"))?;
    for parameter in ["W", "b", "pad"] {
        nodes.write(affine, parameter, &format!("{component}/hidden"), to)?;
    }
    for node in nodes.named("linear") {
        // The one that reads the encoder's output is 96 wide; the other gives a score for each move.
        let (shape, _) = get(&nodes.parameters[node], "W").and_then(array).ok_or("a linear layer has no W")?;
        let name = if shape == [64, 96] { "lower" } else { "upper" };
        nodes.write(node, "W", &format!("{component}/{name}"), to)?;
        nodes.write(node, "b", &format!("{component}/{name}"), to)?;
    }
    let message = package.messages(&format!("{component}/moves"))?;
    let moves: serde_json::Value = serde_json::from_str(text(&message, "moves")?).map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    let mut added = Vec::new();
    for (action, letter) in letters.iter().enumerate() {
        let Some(labels) = moves[action.to_string()].as_object() else { continue };
        let mut labels: Vec<(i64, &str)> =
            labels.iter().map(|(label, count)| (count.as_i64().unwrap_or(0), label.as_str())).collect();
        labels.sort_unstable();
        labels.reverse();
        for (count, label) in labels {
            // Moves of a negative count were added after training began: they come last.
            if count < 0 { added.push((count, label, *letter)) } else { lines.push(format!("{letter}\t{label}")) }
        }
    }
    added.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)));
    lines.extend(added.iter().map(|(_, label, letter)| format!("{letter}\t{label}")));
    to.text(&format!("{component}/moves"), &lines.join("\n"));
    Ok(())
}
