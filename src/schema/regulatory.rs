use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// What a regulator's register asks about. A help with preparing it, not a filing.
    Regulatory {
        /// For a register of ICT services.
        dora: Dora, Client, Optional, "{substitutability: medium}";
        /// For a register of outsourcing.
        eba: Eba, Client, Optional, "{approved_by: dana}";
    }
}

section! {
    /// Facts a register of ICT services asks for.
    Dora {
        /// How sensitive the data is.
        sensitiveness: Grade, Client, Optional, "medium";
        /// How much the business relies on it.
        reliance: Reliance, Client, Optional, "low";
        /// How hard it is to replace.
        substitutability: Substitutability, Client, Optional, "medium";
        /// Whether the work could be taken back.
        reintegration: Ease, Client, Optional, "difficult";
        /// What a stop would do.
        impact: Grade, Client, Optional, "high";
        /// Whether there are alternatives.
        alternatives: String, Client, Optional, "Two other providers were looked at";
        /// The day of the last audit.
        last_audit: Date, Client, Optional, "2026-04-15";
        /// How many hours a stop may last.
        rto_h: f64, Client, Optional, "4";
        /// How many hours of data may be lost.
        rpo_h: f64, Client, Optional, "1";
        /// Who works for them.
        subcontractors: List<Subcontractor>, Client, Optional, "[{name: Nordwind Data, rank: 2, country: IE}]";
    }
}

section! {
    /// Facts a register of outsourcing asks for.
    Eba {
        /// Who approved it.
        approved_by: Person, Client, Optional, "dana";
        /// The day of the last risk assessment.
        last_assessment: Date, Client, Optional, "2026-02-10";
        /// True where it cannot wait.
        time_critical: bool, Client, Optional, "true";
        /// Where it runs.
        cloud_model: String, Client, Optional, "public cloud";
    }
}

section! {
    /// A company that works for the vendor.
    Subcontractor, main "name" {
        /// Its name.
        name: String, Client, Advised, "Nordwind Data";
        /// Its place in the chain. Those who work for the vendor directly are rank 2.
        rank: u32, Client, Optional, "2";
        /// The country it works in.
        country: Country, Client, Optional, "IE";
        /// What it does.
        service: String, Client, Optional, "storage";
    }
}

choice! {
    /// A grade.
    Grade {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

choice! {
    /// How much the business relies on a service.
    Reliance {
        /// Hardly at all.
        None = "none",
        /// A little.
        Low = "low",
        /// Noticeably.
        Material = "material",
        /// Entirely.
        Full = "full",
    }
}

choice! {
    /// How hard a service is to replace.
    Substitutability {
        /// Not at all possible.
        Not = "not",
        /// Very hard.
        HighlyComplex = "highly_complex",
        /// With effort.
        Medium = "medium",
        /// Easily.
        Easy = "easy",
    }
}

choice! {
    /// How hard something is.
    Ease {
        /// Easy.
        Easy = "easy",
        /// Difficult.
        Difficult = "difficult",
        /// Hardly possible.
        HighlyComplex = "highly_complex",
    }
}
