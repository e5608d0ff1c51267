//! The sixteen types of PLOVER, and the four quad classes.

use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $quad:ident;)*) => {
        /// A PLOVER event type. The definitions are the manual's, in short.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventType { $($(#[$doc])* $name),* }

        impl EventType {
            /// All of them, in the manual's order.
            pub const ALL: &[EventType] = &[$(EventType::$name),*];

            /// PLOVER's name for it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// Its quad class.
            pub fn quad(self) -> Quad {
                match self { $(Self::$name => Quad::$quad),* }
            }
        }

        impl FromStr for EventType {
            type Err = ();

            fn from_str(code: &str) -> Result<Self, ()> {
                match code { $($code => Ok(Self::$name),)* _ => Err(()) }
            }
        }
    };
}

kinds! {
    /// Commitment or offer to cooperate in future; a planned visit or signing.
    Agree = "AGREE", VerbalCooperation;
    /// Talks, visits, negotiation, contact.
    Consult = "CONSULT", VerbalCooperation;
    /// Backing in words or by legal act.
    Support = "SUPPORT", VerbalCooperation;
    /// Giving ground in words.
    Concede = "CONCEDE", VerbalCooperation;
    /// Exchange that serves both sides.
    Cooperate = "COOPERATE", MaterialCooperation;
    /// Delivery that serves the recipient.
    Aid = "AID", MaterialCooperation;
    /// Concession with an effect now.
    Retreat = "RETREAT", MaterialCooperation;
    /// Asking, urging, demanding.
    Request = "REQUEST", VerbalConflict;
    /// Criticism, allegation, inquiry.
    Accuse = "ACCUSE", VerbalConflict;
    /// Refusal.
    Reject = "REJECT", VerbalConflict;
    /// Warning of harm to come.
    Threaten = "THREATEN", VerbalConflict;
    /// Collective civilian action.
    Protest = "PROTEST", MaterialConflict;
    /// Ties or benefits cut, guilt found in court.
    Sanction = "SANCTION", MaterialConflict;
    /// Force readied or moved without being used.
    Mobilize = "MOBILIZE", MaterialConflict;
    /// Repression or restriction short of violence.
    Coerce = "COERCE", MaterialConflict;
    /// Physical harm.
    Assault = "ASSAULT", MaterialConflict;
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A quad class: words or deeds, cooperation or conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quad {
    /// 1
    VerbalCooperation,
    /// 2
    MaterialCooperation,
    /// 3
    VerbalConflict,
    /// 4
    MaterialConflict,
}

impl Quad {
    /// PLOVER's number for it, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}
