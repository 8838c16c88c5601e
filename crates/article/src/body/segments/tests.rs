//! How pages are cut into lines.

use super::segment::{MAX_REGIONS, MAX_SEGMENTS, Markup};
use super::segments;
use onrecord_html::parse;

fn lines(html: &str) -> Vec<(Markup, String)> {
    let tree = parse(html);
    let cut = segments(&tree, tree.root());
    cut.segments.iter().map(|segment| (segment.markup, segment.words.text().to_owned())).collect()
}

#[test]
fn block_elements_make_lines_and_inline_ones_do_not() {
    let html = "<div>Port <b>Ellery</b><p>The ferry\n<a href=/x>sank</a>.</p><ul><li>One<li><p>Two</ul></div>";
    assert_eq!(
        lines(html),
        [
            (Markup::Bare, "Port Ellery".to_owned()),
            (Markup::Paragraph, "The ferry sank.".to_owned()),
            (Markup::ListItem, "One".to_owned()),
            (Markup::ListItem, "Two".to_owned()),
        ]
    );
}

#[test]
fn two_breaks_end_a_paragraph_and_one_is_a_space() {
    assert_eq!(
        lines("<p>The ferry<br>struck.<br> <br>Six died.</p>"),
        [(Markup::Paragraph, "The ferry struck.".to_owned()), (Markup::Paragraph, "Six died.".to_owned())]
    );
}

#[test]
fn one_break_before_a_bullet_begins_a_point() {
    assert_eq!(lines("<p>They agreed on two things:<br>- a ceasefire;<br>- an exchange.</p>").len(), 3);
}

#[test]
fn one_break_ends_a_short_line_outside_paragraphs() {
    assert_eq!(lines("<div>LOCAL NEWS<br><b>Seven dead</b><br>By Wally Breck</div>").len(), 3);
    assert_eq!(lines("<p>12 Gull Road<br>Port Ellery</p>").len(), 1);
}

#[test]
fn a_post_of_a_network_is_one_line() {
    let html = "<div class=social-embed><blockquote><p>Fog.</p><footer>Coastguard</footer></blockquote></div>";
    assert_eq!(lines(html), [(Markup::Embed, "Fog. Coastguard".to_owned())]);
}

#[test]
fn a_quotation_keeps_the_name_under_it() {
    let html = "<blockquote>“It sank.” <footer>Okafor</footer></blockquote>";
    assert_eq!(lines(html), [(Markup::Quote, "“It sank.” Okafor".to_owned())]);
}

#[test]
fn scripts_and_forms_are_not_read() {
    assert_eq!(lines("<script>var a</script><p>A</p><select><option>B</select><noscript>C</noscript>").len(), 1);
}

#[test]
fn a_template_that_the_browser_shows_is_read() {
    let html = "<my-story><template shadowrootmode=open><p>The ferry sank.</p></template></my-story><template><p>No</template>";
    assert_eq!(lines(html), [(Markup::Paragraph, "The ferry sank.".to_owned())]);
}

#[test]
fn a_button_that_is_all_of_a_heading_is_read() {
    assert_eq!(lines("<h3> <button>Who was on board?</button></h3>")[0].1, "Who was on board?");
    assert_eq!(
        lines("<h3><button>1x</button> Ropes</h3><button>Share</button>"),
        [(Markup::Heading(3), "Ropes".to_owned())]
    );
}

#[test]
fn a_table_of_data_is_one_line_and_a_layout_table_is_not() {
    let data = "<table><tr><th>Ship<th>Dead<tr><td>Brannoc<td>7</table>";
    assert_eq!(lines(data), [(Markup::Table, "Ship | Dead / Brannoc | 7".to_owned())]);
    let layout = format!("<table><tr><td>Menu<td><p>{}</p><tr><td>a<td>b</table>", "Long words. ".repeat(80));
    assert_eq!(lines(&layout).len(), 4);
}

#[test]
fn links_keep_their_words() {
    let tree = parse("<p>The <a href=1>ferry\n &nbsp;line</a> said <a href=2>so</a>");
    let cut = segments(&tree, tree.root());
    let segment = &cut.segments[0];
    let words: Vec<&str> = segment.links.iter().map(|(range, _)| &segment.words.text()[range.clone()]).collect();
    assert_eq!(words, ["ferry line", "so"]);
    assert!((segment.linked - 12.0 / 22.0).abs() < 0.01);
}

#[test]
fn regions_hold_the_segments_below_them() {
    let tree = parse("<div><p>A</p><div><p>B</p></div></div><div style='display: none'><p>C</div>");
    let cut = segments(&tree, tree.root());
    let hidden: Vec<&str> = cut
        .regions
        .iter()
        .filter(|region| region.hidden)
        .flat_map(|region| &cut.segments[region.segments.clone()])
        .map(|segment| segment.words.text())
        .collect();
    assert_eq!(hidden, ["C", "C"]);
}

#[test]
fn a_paragraph_set_as_a_heading_is_one() {
    let long = format!("<h3>{}</h3>", "The ferry struck the wall. ".repeat(8));
    assert_eq!(lines(&long)[0].0, Markup::Paragraph);
    assert_eq!(lines("<h3>The ferry struck the wall</h3>")[0].0, Markup::Heading(3));
}

#[test]
fn a_page_of_endless_lines_is_cut_off() {
    let html = "<p>a".repeat(MAX_SEGMENTS + 10);
    assert_eq!(lines(&html).len(), MAX_SEGMENTS);
}

#[test]
fn a_page_of_endless_blocks_is_cut_off() {
    let html = format!("{}<p>a", "<div></div>".repeat(MAX_REGIONS + 10));
    let tree = parse(&html);
    let cut = segments(&tree, tree.root());
    assert!(cut.is_full() && cut.regions.len() == MAX_REGIONS && cut.segments.is_empty());
}
