//! Calls that differ between systems.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Waits until no other build works in this folder, and says first that it has to. The kernel lets go when the process
/// ends, however it ends.
pub fn lock(folder: &Path, waits: impl FnOnce()) -> io::Result<File> {
    let handle = File::open(folder)?;
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, flock};
        match flock(&handle, FlockOperation::NonBlockingLockExclusive) {
            Err(rustix::io::Errno::WOULDBLOCK) => {
                waits();
                flock(&handle, FlockOperation::LockExclusive)?;
            }
            taken => taken?,
        }
    }
    Ok(handle)
}

/// True for a folder at which another disk begins.
pub fn is_mounted(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let disk = |path: &Path| fs::metadata(path).map(|meta| meta.dev()).ok();
        folder.parent().is_some_and(|above| disk(above) != disk(folder))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        false
    }
}

/// Exchanges two folders in one step.
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (a, b);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Brings everything written below a folder onto the disk.
pub fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        Ok(rustix::fs::syncfs(File::open(folder)?)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        sync_folder(folder)
    }
}

/// Brings a folder's own entries onto the disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The same file or link under a second name; a copy where the disk knows no links.
pub fn take_over(from: &Path, to: &Path) -> io::Result<()> {
    let meta = fs::symlink_metadata(from)?;
    #[cfg(unix)]
    if meta.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !meta.is_file() {
        return Err(io::Error::other("this is not an ordinary file, so the folder is left alone"));
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Opens what may be a file. A link is not followed, and what might never end is not waited for.
pub fn open_plain(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(open(path, flags, Mode::empty())?.into())
    }
    #[cfg(not(unix))]
    {
        match fs::symlink_metadata(path)?.is_file() {
            true => File::open(path),
            false => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

/// True for a folder on a disk that does not report what others change: a network disk, or one shared with a
/// virtual machine.
pub fn is_far(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        // NFS, SMB, CIFS, SMB2, FUSE, 9P, VirtualBox.
        const FAR: [u32; 7] = [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546, 0x0102_1997, 0x786f_4256];
        #[expect(clippy::cast_possible_truncation, reason = "the kinds of disks are numbers of 32 bits")]
        rustix::fs::statfs(folder).is_ok_and(|disk| FAR.contains(&(disk.f_type as u32)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        false
    }
}
