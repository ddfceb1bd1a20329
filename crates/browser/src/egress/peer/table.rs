//! The system's table of all connections. It costs as much as there are connections, so it is read only where the
//! system answers no single question.

use std::io;
use std::net::SocketAddr;

/// The user at the other end, looked for in the system's table.
pub(super) async fn ask(from: SocketAddr, to: SocketAddr) -> io::Result<Option<u32>> {
    let table = tokio::fs::read_to_string("/proc/net/tcp").await?;
    Ok(owner(&table, from, to))
}

/// The user at the other end of a loopback connection, in the words of the system's table (`proc_pid_net(5)`).
fn owner(table: &str, from: SocketAddr, to: SocketAddr) -> Option<u32> {
    let (from, to) = (in_table(from)?, in_table(to)?);
    // The table can be long: only a line that names the other end is taken apart.
    let columns = table
        .lines()
        .filter(|line| line.contains(&from))
        .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>())
        .find(|columns| columns.get(1) == Some(&&*from) && columns.get(2) == Some(&&*to))?;
    columns.get(7)?.parse().ok()
}

/// An address as the table writes it: the IPv4 address as a number of this machine's byte order, both in hexadecimal.
fn in_table(address: SocketAddr) -> Option<String> {
    let SocketAddr::V4(address) = address else {
        return None;
    };
    let number = u32::from_ne_bytes(address.ip().octets());
    Some(format!("{number:08X}:{:04X}", address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_that_of_the_other_end() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
            0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 1 1\n   \
            1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1\n";
        let from = "127.0.0.1:50000".parse().unwrap();
        let to = "127.0.0.1:8080".parse().unwrap();
        let here = cfg!(target_endian = "little").then_some(1001);
        assert_eq!(owner(table, from, to), here);
        assert_eq!(owner(table, from, from), None);
    }
}
