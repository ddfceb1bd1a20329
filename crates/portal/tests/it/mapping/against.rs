//! What a mapping is told when it is held against its portal.

use std::path::Path;

use formhand_portal::mapping::load;
use insta::assert_snapshot;

use super::support::{good, with_record};
use crate::support::{GOOD, load_text};

/// The small portal with more fields in its flow's record.
fn portal() -> String {
    GOOD.replace(
        "        chassis: {type: string}\n",
        r"        chassis: {type: string}
        idv: {type: integer}
        born: {type: string, format: date-dmy}
        cover: {type: boolean}
        class: {enum: [Private Car, Taxi]}
        sure: {const: true}
        address:
          type: object
          required: [city]
          properties: {city: {type: string}, pin: {type: string, digits: 6}}
        nominees:
          type: array
          items:
            type: object
            required: [name]
            properties: {name: {type: string}}
        tags: {type: array, items: {type: string}}
        nomineeName: {type: string}
        open: {type: object, additionalProperties: true, properties: {known: {type: string}}}
      allOf:
        - if: {properties: {cover: {const: true}}, required: [cover]}
          then: {required: [nomineeName]}
",
    )
}

fn told(text: &str) -> String {
    let portal = load_text(&portal()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    match good(text).check_against(&portal) {
        Ok(()) => "(nothing)".to_owned(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// Of a mapping that sets what the flow needs, and these fields.
fn of(lines: &str) -> String {
    told(&with_record(&format!(
        "name: a\nstate: b\nchassis: c\n{lines}"
    )))
}

#[test]
fn a_mapping_that_fits_is_told_nothing() {
    let lines = "middleName: {from: d, optional: true}\nidv: {from: e, divide: 100}\nborn: {from: f, date: {read: dd/MM/yyyy, write: dd-MM-yyyy}}\n\
        cover: {value: false}\nclass: {value: Taxi}\nsure: {value: true}\naddress: {record: {city: g}}\n\
        nominees: {each: h, record: {name: i}}\ntags: {each: j, as: text}\nopen: {record: {known: k, other: l}}";
    assert_eq!(of(lines), "(nothing)");
}

#[test]
fn the_portal_and_the_flow_are_the_ones_that_are_named() {
    assert_snapshot!(told(&with_record("name: a").replace("portal: small", "portal: smal")), @r"
    error: the mapping is for another portal than `small`
     --> policy.yaml:2:9
      |
    2 | portal: smal
      |         ^
      help: did you mean `small`?
    ");
    assert_snapshot!(told(&with_record("name: a").replace("flow: policy", "flow: polcy")), @r"
    error: the portal has no flow `polcy`
     --> policy.yaml:3:7
      |
    3 | flow: polcy
      |       ^
      help: did you mean `policy`?
    ");
}

#[test]
fn kf22_a_field_that_the_flow_does_not_know_is_named() {
    assert_snapshot!(of("chasis: a\naddress: {record: {city: a, pni: b}}\nnominees: {each: c, record: {name: d, nmae: e}}"), @r"
    error: `chasis` is not a field of the flow's record
     --> policy.yaml:9:3
      |
    9 |   chasis: a
      |   ^
      help: did you mean `chassis`?

    error: `pni` is not a field of the flow's record
      --> policy.yaml:10:31
       |
    10 |   address: {record: {city: a, pni: b}}
       |                               ^
      help: valid: city, pin

    error: `nmae` is not a field of the flow's record
      --> policy.yaml:11:41
       |
    11 |   nominees: {each: c, record: {name: d, nmae: e}}
       |                                         ^
      help: did you mean `name`?
    ");
}

#[test]
fn what_the_flow_needs_is_set() {
    assert_snapshot!(told(&with_record("name: {from: a, optional: true}\naddress: {record: {pin: b}}\nnominees: {each: c, record: {name: {from: d, optional: true}}}")), @r"
    error: the flow needs `state`, and it is never set
     --> policy.yaml:5:1
      |
    5 | record:
      | ^
      help: such as `state: a.path.of.the.document`

    error: the flow needs `chassis`, and it is never set
     --> policy.yaml:5:1
      |
    5 | record:
      | ^
      help: such as `chassis: a.path.of.the.document`

    error: the flow needs `name`, so it cannot be left out
     --> policy.yaml:6:3
      |
    6 |   name: {from: a, optional: true}
      |   ^
      help: take `optional` away: a document that lacks it is told as a problem

    error: the flow needs `city`, and it is never set
     --> policy.yaml:7:3
      |
    7 |   address: {record: {pin: b}}
      |   ^
      help: such as `city: a.path.of.the.document`

    error: the flow needs `name`, so it cannot be left out
     --> policy.yaml:8:32
      |
    8 |   nominees: {each: c, record: {name: {from: d, optional: true}}}
      |                                ^
      help: take `optional` away: a document that lacks it is told as a problem
    ");
    assert_snapshot!(of("cover: {value: true}"), @r"
    error: with what the mapping sets, the flow needs `nomineeName`, and it is never set
     --> policy.yaml:5:1
      |
    5 | record:
      | ^
      help: such as `nomineeName: a.path.of.the.document`
    ");
    assert_eq!(of("cover: {value: true}\nnomineeName: a"), "(nothing)");
}

#[test]
fn a_value_of_another_kind_is_told() {
    assert_snapshot!(of("idv: {from: a, as: text}\ncover: {from: a, as: integer}\ntags: {from: a, as: text}\naddress: {each: a}\nnominees: {each: a, as: text}"), @r"
    error: `idv` becomes a text
     --> policy.yaml:9:3
      |
    9 |   idv: {from: a, as: text}
      |   ^
      help: the flow takes a whole number

    error: `cover` becomes a whole number
      --> policy.yaml:10:3
       |
    10 |   cover: {from: a, as: integer}
       |   ^
      help: the flow takes true or false

    error: `tags` becomes a text
      --> policy.yaml:11:3
       |
    11 |   tags: {from: a, as: text}
       |   ^
      help: the flow takes a list

    error: `address` becomes a list
      --> policy.yaml:12:3
       |
    12 |   address: {each: a}
       |   ^
      help: the flow takes a group of fields

    error: `nominees` becomes a text
      --> policy.yaml:13:3
       |
    13 |   nominees: {each: a, as: text}
       |   ^
      help: the flow takes a group of fields
    ");
}

#[test]
fn kf17_a_date_is_written_as_the_flow_takes_it() {
    assert_snapshot!(of("born: {from: a, date: dd/MM/yyyy}"), @r"
    error: `born` is written yyyy-MM-dd, and the flow takes dd-MM-yyyy
     --> policy.yaml:9:3
      |
    9 |   born: {from: a, date: dd/MM/yyyy}
      |   ^
      help: such as `date: {read: …, write: dd-MM-yyyy}`
    ");
}

#[test]
fn kf13_a_word_that_the_flow_never_takes_is_told() {
    let text = with_record(
        "name: a\nstate: {from: b, values: {KA: Karnatak, TN: Tamil Nadu}}\nchassis: c\nclass: {value: taxi}\nsure: {value: false}",
    );
    assert_snapshot!(told(&text), @r#"
    error: the flow does not take "Karnatak" as `state`
     --> policy.yaml:7:3
      |
    7 |   state: {from: b, values: {KA: Karnatak, TN: Tamil Nadu}}
      |   ^
      help: a word of the code list `states`; did you mean "Karnataka"?

    error: the flow does not take "taxi" as `class`
     --> policy.yaml:9:3
      |
    9 |   class: {value: taxi}
      |   ^
      help: did you mean `Taxi`?

    error: the flow does not take false as `sure`
      --> policy.yaml:10:3
       |
    10 |   sure: {value: false}
       |   ^
      help: the flow takes only true
    "#);
}

#[test]
fn the_path_of_the_file_is_in_what_is_told() {
    let mapping = load(Path::new("intake/policy.yaml"), &with_record("name: a")).unwrap();
    let portal = load_text(&portal()).unwrap();
    let diagnostics = mapping.check_against(&portal).unwrap_err();
    assert_eq!(diagnostics.0[0].file, Path::new("intake/policy.yaml"));
}
