//! A server that is not installed.

use crate::support::helper;

#[test]
fn the_error_of_a_missing_program_says_what_to_do() {
    let told = |change: &dyn Fn(&mut std::process::Command)| {
        let helper = helper("find::helper_that_finds_none", |command| change(command));
        let output = helper.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let none = told(&|command| {
        command
            .env_remove("FORMHAND_MONGOD")
            .env("FORMHAND_TOOLS", "/nowhere")
            .env("PATH", "/nowhere/bin");
    });
    assert!(
        none.contains("find mongod: none of [\"/nowhere/bin/mongod\", \"/nowhere/mongod/fiftyone/db/bin/mongod\"] is a program; run scripts/mongod"),
        "{none}"
    );
    let wrong = told(&|command| {
        command.env("FORMHAND_MONGOD", "/nowhere/mongod");
    });
    assert!(
        wrong.contains("find mongod: /nowhere/mongod is no program; set FORMHAND_MONGOD"),
        "{wrong}"
    );
}

#[test]
#[ignore = "the helper process of the test above"]
fn helper_that_finds_none() {
    match formhand_mongod::find() {
        Ok(path) => println!("found {}", path.display()),
        Err(error) => println!("{error}"),
    }
}
