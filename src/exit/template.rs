//! The steps most endings need. The list and its offsets are ours; a playbook changes any of them by id.

use crate::calendar::{Offset, Unit};
use crate::schema::{Anchor, Role, StepPhase, StepSide};

/// When a step of the template is due.
#[derive(Debug, Clone, Copy)]
pub enum Due {
    /// Counted from an anchor.
    At(Anchor, Offset),
    /// As long after the last day as the confidentiality agreement gives for returning things, else 30 days.
    ReturnOrDestroy,
    /// The payment terms after the final invoice; without payment terms it has no date.
    Payment,
}

#[derive(Debug)]
pub struct TemplateStep {
    pub id: &'static str,
    pub title: &'static str,
    pub phase: StepPhase,
    pub due: Due,
    pub side: StepSide,
    /// The first answers for it, the others help.
    pub roles: &'static [Role],
    pub evidence: &'static str,
    pub after: &'static [&'static str],
    /// True where the light template has it too.
    pub light: bool,
    /// True where only the regulated template has it.
    pub regulated: bool,
}

const fn before(n: u32, anchor: Anchor) -> Due {
    Due::At(anchor, Offset::before(n, Unit::BusinessDay))
}

const fn after(n: u32, anchor: Anchor) -> Due {
    Due::At(anchor, Offset::after(n, Unit::BusinessDay))
}

const fn on(anchor: Anchor) -> Due {
    Due::At(anchor, Offset::after(0, Unit::Day))
}

const fn days_after(n: u32) -> Due {
    Due::At(T, Offset::after(n, Unit::Day))
}

use Anchor::{Meeting, Notice, Successor, Termination as T};
use Role::{AccountManager, Approver, Finance, It, Legal, Owner, Practitioner, Security};
use StepPhase as P;
use StepSide::{Both, Client, Vendor};

/// One row of the table below: id, title, when, side, roles, evidence, after.
macro_rules! steps {
    ($( $phase:ident { $( $id:ident $title:literal, $due:expr, $side:ident, [$($role:ident),+], $evidence:literal, [$($after:ident),*] $(, $mark:ident)? ; )+ } )+) => {
        /// Every step of every template, in order.
        pub const STEPS: &[TemplateStep] = &[$($(
            TemplateStep {
                id: stringify!($id),
                title: $title,
                phase: P::$phase,
                due: $due,
                side: $side,
                roles: &[$($role),+],
                evidence: $evidence,
                after: &[$(stringify!($after)),*],
                light: steps!(@light $($mark)?),
                regulated: steps!(@regulated $($mark)?),
            },
        )+)+];
    };
    (@light light) => { true };
    (@light $($other:ident)?) => { false };
    (@regulated regulated) => { true };
    (@regulated $($other:ident)?) => { false };
}

steps! {
    Prepare {
        P1 "Write down what is not working, where it breaks down, and our own part", before(15, Notice), Client, [Owner], "clarity note", [], light;
        P2 "Confirm that it was raised, talked about and a fix was tried (or that our business changed)", before(15, Notice), Client, [Owner], "feedback log", [P1];
        P3 "Review the contract: term, renewal, notice, fees, ways out, what survives", before(10, Notice), Client, [Owner, Legal], "clause list", [], light;
        P4 "Review whether the NDA covers all information and processes; close gaps now", before(10, Notice), Client, [Legal], "gap list empty", [], light;
        P5 "Decide: date, reason, approver, and what has to be protected", before(10, Notice), Client, [Approver], "decision record", [P1, P2, P3, P4], light;
        P6 "List access, deliverables, open work, our materials, and what stands in their name", before(5, Notice), Client, [It, Owner], "access and receipt sheets filled in", [P5];
        P7 "Name the successor or interim cover, the overlap, and how work goes on", before(5, Notice), Client, [Owner], "successor brief", [P5];
        P8 "Brief insiders in order: IT and security, finance, legal, the team it touches", before(2, Notice), Client, [Owner], "names and dates", [P5];
        P9 "Prepare the meeting brief, approve goodwill, print the pack", before(1, Notice), Client, [Owner], "pack", [P6, P7, P8];
    }
    Notice {
        N1 "Meet the account manager and the one who does the work: tell them before the letter does", on(Meeting), Both, [Owner], "sign-in", [P9], light;
        N2 "Send written notice in the way the contract asks for, and keep the proof", on(Notice), Client, [Owner], "proof of delivery", [N1], light;
        N3 "They confirm receipt, the last day and this schedule", after(3, Notice), Vendor, [AccountManager], "reply", [N2], light;
        N4 "Freeze new work; list what is under way: finish or stop", after(3, Notice), Both, [Practitioner], "list", [N2];
        R2 "Tell the regulator and the customers who need to know", after(3, Notice), Client, [Owner], "letters sent", [N2], regulated;
    }
    Knowledge {
        K1 "Agree on what has to be learnt, and by whom", before(20, T), Both, [Owner], "plan", [N3];
        K2 "How-tos, map of logins and contacts are handed over in writing", before(15, T), Vendor, [Practitioner], "documents open", [K1];
        K3 "Hold the sessions and record them", before(10, T), Both, [Practitioner], "recordings", [K2];
        K4 "The successor does the job alone while they watch", before(5, T), Both, [Practitioner], "tick per topic", [K3];
    }
    Handover {
        R1 "Try out the fallback that keeps the work going", before(20, T), Client, [Owner], "test record", [P7], regulated;
        H1 "Transfer accounts, domains and ad accounts that stand in their name", before(10, T), Both, [It], "we are the owner", [P6];
        H2 "Turn over all deliverables, in whatever state, in the agreed format", before(5, T), Vendor, [Practitioner], "receipt", [N4], light;
        H3 "Open, check and accept", before(2, T), Client, [Owner], "receipt signed", [H2], light;
        H4 "Our materials and equipment come back", on(T), Vendor, [AccountManager], "receipt", [];
    }
    Access {
        A1 "Export and back up what only they can reach", before(2, T), Client, [It], "files open", [H2];
        A2 "Revoke every access at the agreed hour, weekend or not", on(T), Client, [It], "access sheet", [A1, H1, H3], light;
        A3 "Change shared passwords, keys, tokens, recovery mail and phone", on(T), Client, [It], "access sheet", [A2], light;
        R3 "Release the subcontractors", on(T), Client, [Owner], "confirmations", [], regulated;
        A4 "A second person verifies, and looks at the logs", after(1, T), Client, [Security], "initials", [A3];
        A5 "Check again that nothing came back to life", days_after(30), Client, [It], "initials", [A4];
    }
    Close {
        C2 "Hand over the NDA reminder and have it acknowledged", on(T), Both, [Owner], "signed reminder", [], light;
        C7 "Give the successor a brief without blame", before(5, Successor), Client, [Owner], "sent", [P7];
        C6 "Debrief and evaluate", after(5, T), Both, [Owner], "debrief form", [], light;
        C3 "Final invoice in, checked, credits and refunds taken off", after(10, T), Both, [AccountManager, Finance], "invoice", [H3];
        C8 "Update the register; archive with retention dates", after(10, T), Client, [Owner], "record", [C6];
        R4 "Close every place where our data was kept", after(10, T), Client, [Owner], "confirmations", [], regulated;
        R5 "Put what this exit taught into the risk register", after(10, T), Client, [Owner], "entries", [C6], regulated;
        C1 "Confidential information is returned or destroyed, with a certificate", Due::ReturnOrDestroy, Vendor, [AccountManager], "certificate", [C2];
        C4 "Pay the final invoice", Due::Payment, Client, [Finance], "paid", [C3];
    }
    Goodwill {
        G1 "Say thank you in writing", days_after(2), Client, [Owner], "sent", [], light;
        G2 "Bonus, testimonial, referral, as approved", after(10, T), Client, [Owner], "sent", [];
        G3 "A friendly word, without an agenda", days_after(30), Client, [Owner], "note", [];
    }
}
