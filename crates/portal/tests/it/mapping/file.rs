//! What is said of mappings that are wrong. One test a kind of mistake.

use insta::assert_snapshot;

use super::support::{record_said, said, with_record};

#[test]
fn an_unknown_key_names_the_nearest_one() {
    let text = with_record("f: {form: x, optonal: true}\ng: x").replace("account", "acount");
    assert_snapshot!(said(&text), @r"
    error: `acount` is not known here
     --> policy.yaml:4:1
      |
    4 | acount: main
      | ^
      help: did you mean `account`?

    error: `form` is not known here
     --> policy.yaml:6:7
      |
    6 |   f: {form: x, optonal: true}
      |       ^
      help: did you mean `from`?
    ");
}

#[test]
fn errors_of_several_fields_are_told_at_once() {
    assert_snapshot!(record_said("a: 5\nb: {from: x, optional: maybe}\nc: {from: x, as: txt}\nd: {from: x, divide: 0.5}\ne: {value: [1]}"), @r#"
    error: expected a path such as customer.name, or more about the field such as {from: customer.name, optional: true}, found the number 5
     --> policy.yaml:6:6
      |
    6 |   a: 5
      |      ^

    error: expected a boolean, found the text "maybe"
     --> policy.yaml:7:26
      |
    7 |   b: {from: x, optional: maybe}
      |                          ^

    error: `txt` is not known here
     --> policy.yaml:8:20
      |
    8 |   c: {from: x, as: txt}
      |                    ^
      help: did you mean `text`?

    error: expected a whole number from 0, found the number 0.5
     --> policy.yaml:9:24
      |
    9 |   d: {from: x, divide: 0.5}
      |                        ^

    error: expected a text, a number, or true or false, found a list
      --> policy.yaml:10:14
       |
    10 |   e: {value: [1]}
       |              ^
    "#);
}

#[test]
fn a_field_that_stands_there_twice_names_both_lines() {
    assert_snapshot!(record_said("name: a\nname: b"), @r"
    error: `name` stands here a second time
     --> policy.yaml:7:3
      |
    7 |   name: b
      |   ^
      help: the first one is on line 6
    ");
}

#[test]
fn a_mapping_is_a_map_of_this_version() {
    assert_snapshot!(said("- a"), @r"
    error: a mapping is a map, and this is a list
     --> policy.yaml:1:1
      |
    1 | - a
      | ^
      help: start with `formhand: 1`
    ");
    assert_snapshot!(said(""), @r"
    error: a mapping is a map, and this is nothing
     --> policy.yaml:1:1
      |
    1 |
      | ^
      help: start with `formhand: 1`
    ");
    assert_snapshot!(said(&with_record("f: x").replace("formhand: 1", "formhand: 2")), @r"
    error: version 2 of the format is not known
     --> policy.yaml:1:11
      |
    1 | formhand: 2
      |           ^
      help: write `formhand: 1`
    ");
    assert_snapshot!(said("formhand: 1"), @r"
    error: `portal` is missing
     --> policy.yaml:1:1
      |
    1 | formhand: 1
      | ^
    ");
    assert_snapshot!(said(&with_record("f: x").replace("account: main\n", "")), @r"
    error: `account` is missing
     --> policy.yaml:1:1
      |
    1 | formhand: 1
      | ^
      help: such as `account: main`
    ");
}

#[test]
fn a_record_has_fields() {
    assert_snapshot!(said("formhand: 1\nportal: a\nflow: b\naccount: c\nrecord: {}"), @r"
    error: there is no field
     --> policy.yaml:5:9
      |
    5 | record: {}
      |         ^
      help: such as `firstName: customer.first_name`
    ");
    assert_snapshot!(record_said("address: {record: {}}"), @r"
    error: there is no field
     --> policy.yaml:6:21
      |
    6 |   address: {record: {}}
      |                     ^
      help: such as `firstName: customer.first_name`
    ");
    assert_snapshot!(said("formhand: 1\nportal: a\nflow: b\naccount: c\nrecord: [a]"), @r"
    error: expected a map such as {name: customer.name}, found a list
     --> policy.yaml:5:9
      |
    5 | record: [a]
      |         ^
    ");
}

#[test]
fn a_field_comes_from_one_place() {
    assert_snapshot!(record_said("f: {optional: true}"), @r"
    error: nothing says where the field comes from
     --> policy.yaml:6:6
      |
    6 |   f: {optional: true}
      |      ^
      help: exactly one of: from, each, value; or `record` alone for a group of fields
    ");
    assert_snapshot!(record_said("f: {from: x, each: y}"), @r"
    error: a field comes from one place, and this names several
     --> policy.yaml:6:6
      |
    6 |   f: {from: x, each: y}
      |      ^
      help: exactly one of: from, each, value; or `record` alone for a group of fields
    ");
    assert_snapshot!(record_said("f: {value: 1, from: x}"), @r"
    error: a field comes from one place, and this names several
     --> policy.yaml:6:6
      |
    6 |   f: {value: 1, from: x}
      |      ^
      help: exactly one of: from, each, value; or `record` alone for a group of fields
    ");
}

#[test]
fn what_means_nothing_is_not_passed_over() {
    assert_snapshot!(record_said("f: {value: 1, optional: true, as: text}"), @r"
    error: `optional` means nothing here
     --> policy.yaml:6:17
      |
    6 |   f: {value: 1, optional: true, as: text}
      |                 ^
      help: beside `value` stands nothing: it is the same for every document

    error: `as` means nothing here
     --> policy.yaml:6:33
      |
    6 |   f: {value: 1, optional: true, as: text}
      |                                 ^
      help: beside `value` stands nothing: it is the same for every document
    ");
    assert_snapshot!(record_said("f: {record: {a: x}, optional: true}"), @r"
    error: `optional` means nothing here
     --> policy.yaml:6:23
      |
    6 |   f: {record: {a: x}, optional: true}
      |                       ^
      help: a group that is read from no place has only `record`; `from` or `each` names one
    ");
    assert_snapshot!(record_said("f: {from: x, record: {a: x}, trim: true}"), @r"
    error: `trim` means nothing here
     --> policy.yaml:6:32
      |
    6 |   f: {from: x, record: {a: x}, trim: true}
      |                                ^
      help: a group has `from` or `each`, `record` and `optional`; values are read by its fields
    ");
}

#[test]
fn a_value_is_converted_in_one_way() {
    assert_snapshot!(record_said("f: {from: x, date: dd/MM/yyyy, as: text}"), @r"
    error: `date` and `as` exclude each other
     --> policy.yaml:6:6
      |
    6 |   f: {from: x, date: dd/MM/yyyy, as: text}
      |      ^
      help: at most one of: date, values, multiply, divide, as; `as` may stand beside multiply or divide
    ");
    assert_snapshot!(record_said("f: {from: x, divide: 100, multiply: 10}"), @r"
    error: `multiply` and `divide` exclude each other
     --> policy.yaml:6:6
      |
    6 |   f: {from: x, divide: 100, multiply: 10}
      |      ^
      help: at most one of: date, values, multiply, divide, as; `as` may stand beside multiply or divide
    ");
    assert_snapshot!(record_said("f: {from: x, divide: 100, as: boolean}"), @r"
    error: a number of other units is neither true nor false
     --> policy.yaml:6:6
      |
    6 |   f: {from: x, divide: 100, as: boolean}
      |      ^
      help: `as` is text, number or integer here
    ");
    assert_snapshot!(record_said("f: {from: x, divide: 1}"), @r"
    error: expected a whole number from 2
     --> policy.yaml:6:24
      |
    6 |   f: {from: x, divide: 1}
      |                        ^
      help: such as `divide: 100` for an amount in paise
    ");
}

#[test]
fn all_values_of_a_list_are_of_one_kind() {
    assert_snapshot!(record_said("f: {from: x, values: {M: male, N: false}}"), @r"
    error: is true or false, and the first value of the list is a text
     --> policy.yaml:6:37
      |
    6 |   f: {from: x, values: {M: male, N: false}}
      |                                     ^
      help: all values of a list are of one kind; a text that looks like a number or a yes/no is written in quotes
    ");
    assert_snapshot!(record_said("f: {from: x, values: {}}"), @r"
    error: the list has no word
     --> policy.yaml:6:24
      |
    6 |   f: {from: x, values: {}}
      |                        ^
      help: such as `values: {M: male, F: female}`
    ");
    assert_snapshot!(record_said("f: {from: x, values: {M: null}}"), @r"
    error: expected a text, a number, or true or false, found nothing
     --> policy.yaml:6:28
      |
    6 |   f: {from: x, values: {M: null}}
      |                            ^
    ");
}

#[test]
fn a_path_is_made_of_names() {
    assert_snapshot!(record_said("f: customer..name"), @r#"
    error: a name is missing in the path
     --> policy.yaml:6:6
      |
    6 |   f: customer..name
      |      ^
      help: such as `customer.name`; a name with a dot in it stands in a list: `[customer, "full.name"]`
    "#);
    assert_snapshot!(record_said("f: _id.$oid"), @r"
    error: `$oid` is notation and no field of a document
     --> policy.yaml:6:6
      |
    6 |   f: _id.$oid
      |      ^
      help: a path begins with a field, such as `customer.name`, and ends with the field of the value: `_id`
    ");
    assert_snapshot!(record_said("f: vehicles[0].engine"), @r"
    error: `vehicles[0]` is not the name of a field
     --> policy.yaml:6:6
      |
    6 |   f: vehicles[0].engine
      |      ^
      help: the number of an item stands between dots, such as `vehicles.0.engine`; `each` reads all items
    ");
    assert_snapshot!(record_said("f: []"), @r#"
    error: a name is missing in the path
     --> policy.yaml:6:6
      |
    6 |   f: []
      |      ^
      help: such as `customer.name`; a name with a dot in it stands in a list: `[customer, "full.name"]`
    "#);
    assert_snapshot!(record_said("f: [a, true]"), @r"
    error: expected the name of a field, or the number of an item, the first is 0, found `true`
     --> policy.yaml:6:10
      |
    6 |   f: [a, true]
      |          ^
    ");
}

#[test]
fn there_is_no_default() {
    assert_snapshot!(record_said("f: {from: x, default: none}"), @r"
    error: `default` is not known here
     --> policy.yaml:6:16
      |
    6 |   f: {from: x, default: none}
      |                ^
      help: valid: from, each, value, record, as, date, values, multiply, divide, trim, blank, optional
    ");
}
