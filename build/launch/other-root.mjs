/**
 * Starts a program in another root, such as a fresh Debian, as an ordinary user. By pivot_root in a mount name space of its own
 * and not by chroot: inside a chroot the kernel refuses the user name spaces that Chromium's sandbox is made of.
 */
import { asOrdinaryUser } from './ordinary-user.mjs'

/**
 * @param {string} other the root; this must run as root
 * @param {string} program path inside it
 * @param {string[]} reads folders of this machine's /tmp that the program must read; all of /tmp is seen inside
 * @returns {[string, string[]]} the command line
 */
export function inOtherRoot(other, program, reads) {
  const [command, args] = asOrdinaryUser(program, [], reads)
  return ['unshare', ['-m', '--propagation', 'private', 'sh', '-c', ENTER, 'sh', other, command, ...args]]
}

const ENTER = [
  'set -e',
  'new=$1; shift',
  'mount --rbind "$new" "$new"',
  'for part in dev proc sys tmp; do mount --rbind "/$part" "$new/$part"; done',
  'cd "$new"',
  'mkdir -p .old',
  'pivot_root . .old',
  'umount -l /.old',
  'cd /',
  'exec "$@"',
].join('\n')
