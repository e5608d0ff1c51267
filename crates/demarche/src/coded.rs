//! Enums of which every member has a name in tables and records.

/// Makes an enum whose members are written by a code, read back by `of`.
macro_rules! coded {
    ($(#[$outer:meta])* $kind:ident; $($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($(#[$doc])* $name),* }

        impl $kind {
            /// All of them, in the order of the record's schema.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The record's name for it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The one of a name.
            pub fn of(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}
