//! `onrecord completions`.

use crate::exit::Exit;
use crate::print::output;
use clap::{Args, Command};
use clap_complete::Shell;

/// Print shell completions.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  For bash:
    onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  For fish:
    onrecord completions fish > ~/.config/fish/completions/onrecord.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the completions for a shell.
pub fn run(args: &CompletionsArgs, mut definition: Command) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition, "onrecord", &mut script);
    output::print(&script)
}
