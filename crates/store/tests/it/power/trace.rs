//! Follows the system calls of a child process. Knows nothing of what they mean.

use std::{
    collections::HashMap,
    fs::{self, File},
    os::unix::fs::FileExt,
    path::PathBuf,
    process::Child,
};

use nix::{
    libc,
    sys::{
        ptrace::{self, Options},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};

/// A system call with its arguments, as the kernel numbers them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    /// Which one.
    pub(super) number: i64,
    /// Its arguments; those that it has not are meaningless.
    pub(super) arguments: [u64; 6],
}

/// Is told of each call twice. The thread stands still meanwhile.
pub(super) trait Observer {
    /// A thread is about to make a call.
    fn enters(&mut self, process: &Process, thread: Pid, call: Call);
    /// The call has returned.
    fn leaves(&mut self, process: &Process, thread: Pid, call: Call);
}

/// A process whose memory and open files can be looked at.
pub(super) struct Process {
    pid: Pid,
    memory: File,
}

impl Process {
    /// Bytes of its memory. Fewer than asked for where the memory ends.
    pub(super) fn bytes(&self, address: u64, size_bytes: u64) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(size_bytes).unwrap()];
        let read = self.memory.read_at(&mut bytes, address).unwrap();
        bytes.truncate(read);
        bytes
    }

    /// The path that a string in its memory names.
    pub(super) fn path_at(&self, address: u64) -> PathBuf {
        let bytes = self.bytes(address, 4096);
        let text = bytes.split(|byte| *byte == 0).next().unwrap();
        PathBuf::from(String::from_utf8(text.to_vec()).unwrap())
    }

    /// What one of its open files is called.
    pub(super) fn path_of(&self, descriptor: u64) -> PathBuf {
        fs::read_link(format!("/proc/{}/fd/{descriptor}", self.pid)).unwrap_or_default()
    }

    fn call(&self, thread: Pid) -> Call {
        let text = fs::read_to_string(format!("/proc/{}/task/{thread}/syscall", self.pid)).unwrap();
        let mut words = text.split_whitespace();
        let number = words.next().unwrap().parse().unwrap();
        let mut arguments = [0; 6];
        for (argument, word) in arguments.iter_mut().zip(words) {
            *argument = u64::from_str_radix(word.trim_start_matches("0x"), 16).unwrap();
        }
        Call { number, arguments }
    }
}

/// Follows all threads of a child until it ends; gives its exit code. `begin` lets the child go on: until then it
/// must wait without starting threads.
pub(super) fn follow(child: &Child, begin: impl FnOnce(), observer: &mut dyn Observer) -> i32 {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap());
    seize(pid);
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let process = Process { pid, memory };
    begin();
    let mut calls = HashMap::new();
    // Only what this thread follows: other tests of this process wait for children of their own.
    let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
    loop {
        let (thread, signal) = match waitpid(None, Some(flags)).unwrap() {
            WaitStatus::PtraceSyscall(thread) => {
                let info = ptrace::syscall_info(thread).unwrap();
                if info.op == libc::PTRACE_SYSCALL_INFO_ENTRY {
                    let call = process.call(thread);
                    observer.enters(&process, thread, call);
                    calls.insert(thread, call);
                } else if let Some(call) = calls.remove(&thread) {
                    observer.leaves(&process, thread, call);
                }
                (thread, None)
            }
            WaitStatus::PtraceEvent(thread, _, _) => (thread, None),
            WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
            WaitStatus::Exited(ended, code) if ended == pid => return code,
            WaitStatus::Signaled(ended, signal, _) if ended == pid => {
                panic!("killed by {signal:?}")
            }
            _ => continue,
        };
        // A thread may have been ended by another one just now.
        let _ = ptrace::syscall(thread, signal);
    }
}

fn seize(pid: Pid) {
    // New threads are followed from their first instruction, and nobody is left over if this test breaks off.
    let options =
        Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACECLONE | Options::PTRACE_O_EXITKILL;
    for task in fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        let name = task.unwrap().file_name();
        let thread = Pid::from_raw(name.to_string_lossy().parse().unwrap());
        ptrace::seize(thread, options)
            .expect("this test must be allowed to trace its own child process (ptrace)");
        ptrace::interrupt(thread).unwrap();
        waitpid(thread, Some(WaitPidFlag::__WALL)).unwrap();
        ptrace::syscall(thread, None).unwrap();
    }
}
