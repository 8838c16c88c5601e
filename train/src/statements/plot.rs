//! A picture of how the confidence holds.

use std::fmt::Write as _;

/// A plot of what is right against how sure it was, in ten steps; circles grow with the statements of a step.
pub fn plot(measured: &[(f32, bool)]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 340 340\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <title>Share of statements that are right against their confidence</title>\n\
         <rect width=\"340\" height=\"340\" fill=\"#fff\"/>\n\
         <path d=\"M40 300H320M40 300V20\" stroke=\"#333\" fill=\"none\"/>\n\
         <path d=\"M40 300L320 20\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n",
    );
    let most = 10.0_f64.max(measured.len() as f64);
    for step in 0..10 {
        let own: Vec<&(f32, bool)> =
            measured.iter().filter(|(confidence, _)| ((confidence * 10.0) as usize).min(9) == step).collect();
        let right = own.iter().filter(|(_, right)| *right).count() as f64 / own.len().max(1) as f64;
        let sure = own.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / own.len().max(1) as f64;
        println!(
            "  confidence {:.1} to {:.1}: {} statements, {:.1} % right",
            step as f64 / 10.0,
            (step + 1) as f64 / 10.0,
            own.len(),
            100.0 * right
        );
        if !own.is_empty() {
            let (x, y) = (40.0 + 280.0 * sure, 300.0 - 280.0 * right);
            let radius = 3.0 + 30.0 * (own.len() as f64 / most).sqrt();
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"#1a6\" fill-opacity=\".5\"/>"
            );
            let _ =
                writeln!(svg, "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", y + 4.0, own.len());
        }
    }
    svg.push_str("<text x=\"180\" y=\"325\" text-anchor=\"middle\">confidence</text>\n");
    svg.push_str(
        "<text x=\"14\" y=\"160\" text-anchor=\"middle\" transform=\"rotate(-90 14 160)\">share right</text>\n</svg>\n",
    );
    svg
}
