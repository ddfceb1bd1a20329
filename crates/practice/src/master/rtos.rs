//! Registration offices.

/// One office.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rto {
    pub(crate) code: &'static str,
    pub(crate) city: &'static str,
    pub(crate) state_id: u16,
    pub(crate) zone: &'static str,
}

impl Rto {
    /// As it stands in the suggestion list.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.code, self.city)
    }

    pub(crate) fn by_code(code: &str) -> Option<&'static Self> {
        RTOS.iter().find(|rto| rto.code == code)
    }
}

const fn rto(code: &'static str, city: &'static str, state_id: u16, zone: &'static str) -> Rto {
    Rto {
        code,
        city,
        state_id,
        zone,
    }
}

/// In the order in which they are suggested.
pub(crate) const RTOS: &[Rto] = &[
    rto("KA-01", "BENGALURU KORAMANGALA", 17, "A"),
    rto("KA-02", "BENGALURU RAJAJINAGAR", 17, "A"),
    rto("KA-03", "BENGALURU INDIRANAGAR", 17, "A"),
    rto("KA-05", "BENGALURU JAYANAGAR", 17, "A"),
    rto("KA-09", "MYSURU", 17, "B"),
    rto("KA-19", "MANGALURU", 17, "B"),
    rto("KA-25", "HUBBALLI", 17, "B"),
    rto("TN-01", "CHENNAI AYANAVARAM", 30, "A"),
    rto("TN-07", "CHENNAI THIRUVANMIYUR", 30, "A"),
    rto("TN-09", "CHENNAI K K NAGAR", 30, "A"),
    rto("TN-37", "COIMBATORE SOUTH", 30, "B"),
    rto("TN-38", "COIMBATORE NORTH", 30, "B"),
    rto("TN-45", "TIRUCHIRAPPALLI", 30, "B"),
    rto("TN-58", "MADURAI SOUTH", 30, "B"),
    rto("TN-30", "SALEM", 30, "B"),
    rto("PY-01", "PUDUCHERRY", 26, "B"),
    rto("PY-02", "KARAIKAL", 26, "B"),
    rto("KL-01", "THIRUVANANTHAPURAM", 18, "B"),
    rto("KL-07", "ERNAKULAM", 18, "B"),
    rto("KL-11", "KOZHIKODE", 18, "B"),
    rto("TS-09", "HYDERABAD CENTRAL", 40, "A"),
    rto("AP-16", "VIJAYAWADA", 2, "B"),
    rto("AP-31", "VISAKHAPATNAM", 2, "B"),
    rto("MH-01", "MUMBAI TARDEO", 21, "A"),
    rto("MH-02", "MUMBAI ANDHERI", 21, "A"),
    rto("MH-12", "PUNE", 21, "A"),
    rto("MH-31", "NAGPUR", 21, "B"),
    rto("GA-07", "PANAJI", 11, "B"),
    rto("GJ-01", "AHMEDABAD", 12, "A"),
    rto("GJ-05", "SURAT", 12, "B"),
    rto("RJ-14", "JAIPUR", 28, "B"),
    rto("MP-04", "BHOPAL", 20, "B"),
    rto("DL-01", "NEW DELHI MALL ROAD", 10, "A"),
    rto("DL-08", "NEW DELHI WAZIRPUR", 10, "A"),
    rto("HR-26", "GURUGRAM", 13, "B"),
    rto("PB-10", "LUDHIANA", 27, "B"),
    rto("CH-01", "CHANDIGARH", 6, "B"),
    rto("UP-16", "NOIDA", 32, "B"),
    rto("UP-32", "LUCKNOW", 32, "B"),
    rto("WB-01", "KOLKATA BELTALA", 34, "A"),
    rto("OD-02", "BHUBANESWAR", 25, "B"),
    rto("AS-01", "GUWAHATI", 4, "B"),
    rto("BR-01", "PATNA", 5, "B"),
    rto("JH-01", "RANCHI", 16, "B"),
];
