//! Two-wheelers as the make and model list feeds them. The prices are invented.

/// One variant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model {
    pub(crate) id: u32,
    pub(crate) make: &'static str,
    pub(crate) name: &'static str,
    pub(crate) cubic_capacity: &'static str,
    /// Ex-showroom price; 0 means that the vehicle is no longer insured.
    pub(crate) price: u32,
}

impl Model {
    /// As it stands in the suggestion list.
    pub(crate) fn text(&self) -> String {
        format!("{} {} ({} CC)", self.make, self.name, self.cubic_capacity)
    }

    pub(crate) fn by_id(id: &str) -> Option<&'static Self> {
        MODELS.iter().find(|model| model.id.to_string() == id)
    }
}

const fn model(
    id: u32,
    make: &'static str,
    name: &'static str,
    cubic_capacity: &'static str,
    price: u32,
) -> Model {
    Model {
        id,
        make,
        name,
        cubic_capacity,
        price,
    }
}

/// In the order in which they are suggested.
pub(crate) const MODELS: &[Model] = &[
    model(7001, "HONDA", "ACTIVA 6G STD", "109.51", 76_000),
    model(7002, "HONDA", "ACTIVA 6G DLX", "109.51", 79_000),
    model(7003, "HONDA", "ACTIVA 6G H-SMART", "109.51", 82_500),
    model(7004, "HONDA", "ACTIVA 125 DRUM", "123.92", 80_500),
    model(7005, "HONDA", "ACTIVA 125 DISC", "123.92", 88_000),
    model(7006, "HONDA", "DIO STD", "109.51", 71_000),
    model(7007, "HONDA", "DIO DLX", "109.51", 75_500),
    model(7008, "HONDA", "SHINE 100", "98.98", 65_000),
    model(7009, "HONDA", "SHINE 125 DRUM", "123.94", 80_000),
    model(7010, "HONDA", "SHINE 125 DISC", "123.94", 84_000),
    model(7011, "HONDA", "SP 125 DISC", "124.00", 90_500),
    model(7012, "HONDA", "UNICORN 160", "162.71", 110_000),
    model(7013, "HONDA", "HORNET 2.0", "184.40", 139_000),
    model(7014, "HERO", "SPLENDOR PLUS KICK", "97.20", 74_000),
    model(7015, "HERO", "SPLENDOR PLUS SELF", "97.20", 75_500),
    model(7016, "HERO", "SPLENDOR PLUS XTEC", "97.20", 79_900),
    model(7017, "HERO", "HF DELUXE KICK", "97.20", 60_000),
    model(7018, "HERO", "HF DELUXE SELF", "97.20", 66_500),
    model(7019, "HERO", "PASSION PLUS", "97.20", 77_900),
    model(7020, "HERO", "GLAMOUR DRUM", "124.70", 82_000),
    model(7021, "HERO", "GLAMOUR DISC", "124.70", 86_000),
    model(7022, "HERO", "XTREME 160R", "163.20", 121_000),
    model(7023, "HERO", "PLEASURE PLUS LX", "110.90", 70_000),
    model(7024, "HERO", "DESTINI 125 VX", "124.60", 84_000),
    model(7025, "TVS", "JUPITER STD", "109.70", 73_500),
    model(7026, "TVS", "JUPITER ZX", "109.70", 80_500),
    model(7027, "TVS", "JUPITER 125 DISC", "124.80", 90_000),
    model(7028, "TVS", "NTORQ 125 DISC", "124.80", 94_000),
    model(7029, "TVS", "NTORQ 125 RACE EDITION", "124.80", 98_000),
    model(7030, "TVS", "RAIDER DRUM", "124.80", 95_000),
    model(7031, "TVS", "APACHE RTR 160 2V", "159.70", 119_000),
    model(7032, "TVS", "APACHE RTR 160 4V", "159.70", 125_000),
    model(7033, "TVS", "XL 100 HEAVY DUTY", "99.70", 46_000),
    model(7034, "BAJAJ", "PLATINA 100 ES", "102.00", 68_500),
    model(7035, "BAJAJ", "PULSAR 125 NEON", "124.40", 82_000),
    model(7036, "BAJAJ", "PULSAR 150 SINGLE DISC", "149.50", 110_000),
    model(7037, "BAJAJ", "PULSAR 150 TWIN DISC", "149.50", 116_000),
    model(7038, "BAJAJ", "PULSAR NS200", "199.50", 149_000),
    model(7039, "SUZUKI", "ACCESS 125 DRUM", "124.00", 80_700),
    model(7040, "SUZUKI", "ACCESS 125 DISC", "124.00", 85_200),
    model(7041, "SUZUKI", "BURGMAN STREET", "124.00", 94_000),
    model(7042, "SUZUKI", "GIXXER", "155.00", 135_000),
    model(7043, "YAMAHA", "FASCINO 125 DRUM", "125.00", 80_000),
    model(7044, "YAMAHA", "RAY ZR 125 DISC", "125.00", 86_000),
    model(7045, "YAMAHA", "FZ FI V3", "149.00", 116_000),
    model(7046, "YAMAHA", "R15 V4", "155.00", 182_000),
    model(7047, "ROYAL ENFIELD", "HUNTER 350 RETRO", "349.34", 150_000),
    model(7048, "ROYAL ENFIELD", "HUNTER 350 METRO", "349.34", 168_000),
    model(
        7049,
        "ROYAL ENFIELD",
        "CLASSIC 350 SINGLE",
        "349.34",
        193_000,
    ),
    model(7050, "ROYAL ENFIELD", "BULLET 350", "349.34", 174_000),
    model(7051, "LML", "FREEDOM", "109.00", 0),
];
