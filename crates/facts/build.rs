//! Builds the trained weights in where they are: everything works without them, by the list of verbs, less sure.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(quote_weights)");
    println!("cargo::rerun-if-changed=weights");
    if std::path::Path::new("weights/quotes.weights").exists() {
        println!("cargo::rustc-cfg=quote_weights");
    }
}
