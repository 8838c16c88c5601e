//! Names in SVG and MathML: what the standard writes with capitals or puts into a namespace
//! (section 13.2.6.1, "adjust SVG attributes" and similar steps). The tree keeps them all in lower case.

/// SVG elements with capitals, sorted by their lower case.
const SVG_ELEMENTS: &[&str] = &[
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "clipPath",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "foreignObject",
    "glyphRef",
    "linearGradient",
    "radialGradient",
    "textPath",
];

/// SVG attributes with capitals, sorted by their lower case.
const SVG_ATTRIBUTES: &[&str] = &[
    "attributeName",
    "attributeType",
    "baseFrequency",
    "baseProfile",
    "calcMode",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "filterUnits",
    "glyphRef",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "kernelUnitLength",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "refX",
    "refY",
    "repeatCount",
    "repeatDur",
    "requiredExtensions",
    "requiredFeatures",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "viewBox",
    "viewTarget",
    "xChannelSelector",
    "yChannelSelector",
    "zoomAndPan",
];

/// The only MathML attribute with capitals.
const MATHML_ATTRIBUTES: &[&str] = &["definitionURL"];

fn adjusted<'n>(name: &'n str, table: &'static [&'static str]) -> &'n str {
    let folded = |entry: &&'static str| entry.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(name.bytes());
    table.binary_search_by(folded).map_or(name, |found| table[found])
}

/// The name of an SVG element, with capitals where it has them.
pub(crate) fn svg_element_name(name: &str) -> &str {
    adjusted(name, SVG_ELEMENTS)
}

/// The name of an SVG element's attribute, with capitals where it has them.
pub fn svg_attribute_name(name: &str) -> &str {
    adjusted(name, SVG_ATTRIBUTES)
}

/// The name of a MathML element's attribute, with capitals where it has them.
pub fn mathml_attribute_name(name: &str) -> &str {
    adjusted(name, MATHML_ATTRIBUTES)
}

/// Whether an attribute of a foreign element belongs to a namespace of its own: its prefix and local name.
pub fn prefixed_attribute(name: &str) -> Option<(&str, &str)> {
    let (prefix, local) = match name {
        "xmlns" => return Some(("xmlns", "xmlns")),
        _ => name.split_once(':')?,
    };
    let known = match prefix {
        "xlink" => matches!(local, "actuate" | "arcrole" | "href" | "role" | "show" | "title" | "type"),
        "xml" => matches!(local, "lang" | "space"),
        "xmlns" => local == "xlink",
        _ => false,
    };
    known.then_some((prefix, local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_by_lower_case() {
        for table in [SVG_ELEMENTS, SVG_ATTRIBUTES] {
            assert!(table.is_sorted_by_key(|name| name.to_ascii_lowercase()));
        }
    }

    #[test]
    fn capitals_come_back() {
        assert_eq!(svg_element_name("foreignobject"), "foreignObject");
        assert_eq!(svg_element_name("circle"), "circle");
        assert_eq!(svg_attribute_name("viewbox"), "viewBox");
        assert_eq!(mathml_attribute_name("definitionurl"), "definitionURL");
        assert_eq!(prefixed_attribute("xlink:href"), Some(("xlink", "href")));
        assert_eq!(prefixed_attribute("xlink:other"), None);
    }
}
