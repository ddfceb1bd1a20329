//! A question to the system about one connection (`sock_diag(7)`): it looks it up by its ends, however many there are.

use std::{io, net::SocketAddr};

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType,
    netlink::{SOCK_DIAG, SocketAddrNetlink},
    recv, sendto, socket_with,
};

/// The user at the other end of a loopback connection; nothing if there is no such connection any more.
///
/// The system answers while it is asked, so this does not wait.
pub(super) fn ask(from: SocketAddr, to: SocketAddr) -> io::Result<Option<u32>> {
    let (SocketAddr::V4(from), SocketAddr::V4(to)) = (from, to) else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let system = socket_with(
        AddressFamily::NETLINK,
        SocketType::RAW,
        flags,
        Some(SOCK_DIAG),
    )?;
    let question = Question::default()
        // The header: length, what is asked (by family), that it is a question, number, and from whom.
        .u32(QUESTION_BYTES)
        .u16(BY_FAMILY)
        .u16(IS_QUESTION)
        .u32(1)
        .u32(0)
        // IPv4, TCP, nothing beside it, in whatever state.
        .bytes(&[2, 6, 0, 0])
        .u32(u32::MAX)
        // The connection, seen from its owner's end; addresses and ports in the order of the network.
        .bytes(&from.port().to_be_bytes())
        .bytes(&to.port().to_be_bytes())
        .bytes(&from.ip().octets())
        .bytes(&[0; 12])
        .bytes(&to.ip().octets())
        .bytes(&[0; 12])
        .u32(0)
        // Whatever its cookie.
        .bytes(&[0xFF; 8]);
    sendto(
        &system,
        &question.0,
        SendFlags::empty(),
        &SocketAddrNetlink::new(0, 0),
    )?;
    let mut answer = [0; 256];
    let (length, _) = recv(&system, &mut answer[..], RecvFlags::empty())?;
    read(&answer[..length])
}

const QUESTION_BYTES: u32 = 72;
const BY_FAMILY: u16 = 20;
const IS_QUESTION: u16 = 1;
/// The type of an answer that is an error.
const IS_ERROR: u16 = 2;
const NO_SUCH_ENTRY: i32 = 2;
/// Where the user stands in an answer: after its header (16), four small fields (4), the connection (48) and three
/// numbers (12).
const USER_AT: usize = 80;

/// A message in this machine's byte order.
#[derive(Default)]
struct Question(Vec<u8>);

impl Question {
    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn u16(self, number: u16) -> Self {
        self.bytes(&number.to_ne_bytes())
    }

    fn u32(self, number: u32) -> Self {
        self.bytes(&number.to_ne_bytes())
    }
}

fn read(answer: &[u8]) -> io::Result<Option<u32>> {
    let word = |at: usize| {
        answer
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
    };
    let kind = answer.get(4..6).and_then(|bytes| bytes.try_into().ok());
    match kind.map(u16::from_ne_bytes) {
        Some(BY_FAMILY) => Ok(word(USER_AT).map(u32::from_ne_bytes)),
        Some(IS_ERROR) => match word(16).map(i32::from_ne_bytes) {
            Some(error) if error == -NO_SUCH_ENTRY => Ok(None),
            Some(error) => Err(io::Error::from_raw_os_error(-error)),
            None => Err(io::ErrorKind::InvalidData.into()),
        },
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn the_owner_of_a_connection_is_this_user() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (accepted, from) = listener.accept().unwrap();
        let to = accepted.local_addr().unwrap();
        let me = rustix::process::geteuid().as_raw();
        assert_eq!(ask(from, to).unwrap(), Some(me));
        drop(client);
    }

    #[test]
    fn a_connection_that_is_not_there_has_no_owner() {
        let (from, to) = (
            "127.0.0.1:1".parse().unwrap(),
            "127.0.0.1:2".parse().unwrap(),
        );
        assert_eq!(ask(from, to).unwrap(), None);
    }
}
