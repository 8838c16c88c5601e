//! The macro that tables of commands are written with.

/// Makes an enum of commands, each a variant with its arguments, and a method that runs the one that was given. The order
/// of the rows is the order of the help; what is said of a command in the help is the doc comment of its arguments.
macro_rules! command_table {
    ($(#[$doc:meta])* $table:ident { $($(#[$row:meta])* $name:ident($args:ty) => $run:expr,)* }) => {
        $(#[$doc])*
        #[derive(clap::Subcommand, Debug)]
        pub enum $table {
            $($(#[$row])* $name($args),)*
        }

        impl $table {
            /// Runs the command.
            pub fn run(&self) -> crate::exit::Exit {
                match self {
                    $($table::$name(args) => $run(args),)*
                }
            }
        }
    };
}
