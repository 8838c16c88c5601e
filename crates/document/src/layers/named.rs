//! Enums whose values have the names of the contract.

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$item:meta])* $variant:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$item])* $variant,)* }

        impl $type {
            /// Every value, in the order of the contract.
            pub const ALL: &[$type] = &[$($type::$variant),*];

            /// The name in the output.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }
        }

        impl $crate::layers::parts::Value for $type {
            fn all() -> &'static [Self] { Self::ALL }
        }
    };
}

pub(super) use named;
