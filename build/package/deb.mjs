/**
 * A .deb of the packed folder for Debian, UOS and Kylin, made by dpkg-deb: electron-builder's own way fetches a helper
 * from a release site.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { SetupStop } from '../setup/say.mjs'

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' }

/** What Electron and the database need of the system; the names of before and after Debian's change to 64-bit time. */
const DEPENDS = [
  ...['libc6 (>= 2.28)', 'libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'libdrm2'],
  ...['libatk-bridge2.0-0 | libatk-bridge2.0-0t64', 'libxss1', 'libxkbcommon0', 'libcups2 | libcups2t64'],
]
/** Scanners and printers; without them the rest of the desk works. */
const RECOMMENDS = ['libsane1 | libsane', 'sane-utils', 'sane-airscan', 'cups', 'fonts-noto-cjk', 'xdg-utils']

/**
 * @param {{folder: string, name: string, version: string, quick: boolean}} packed the folder, the program's and package's
 *   name; quick: made in seconds instead of minutes, and larger
 * @returns {string} the path of the .deb
 * @throws {SetupStop} without dpkg-deb
 */
export function makeDeb({ folder, name, version, quick }) {
  const tree = join(root, 'out', 'package', 'deb')
  rmSync(tree, { recursive: true, force: true })
  const at = (path) => {
    mkdirSync(join(tree, path, '..'), { recursive: true })
    return join(tree, path)
  }
  cpSync(folder, at(`opt/${name}`), { recursive: true, verbatimSymlinks: true })
  at('usr/bin/x')
  symlinkSync(`/opt/${name}/${name}`, at(`usr/bin/${name}`))
  writeFileSync(at(`usr/share/applications/${name}.desktop`), desktopEntry(name))
  for (const size of ['64', '256', '512'])
    cpSync(join(root, 'assets', 'icons', `icon-${size}.png`), at(`usr/share/icons/hicolor/${size}x${size}/apps/${name}.png`)) // prettier-ignore
  const own = join(root, 'build', 'package', 'linux')
  cpSync(join(own, 'scanners.rules'), at(`usr/lib/udev/rules.d/66-${name}-scanners.rules`))
  cpSync(join(own, 'mime.xml'), at(`usr/share/mime/packages/${name}.xml`))
  cpSync(join(root, 'LICENSE'), at(`usr/share/doc/${name}/copyright`))
  writeFileSync(at('DEBIAN/control'), control(name, version, sizeOf(join(tree, 'opt'))))
  writeFileSync(at('DEBIAN/postinst'), afterInstall(name), { mode: 0o755 })
  writeFileSync(at('DEBIAN/postrm'), afterRemove(), { mode: 0o755 })
  makeReadable(tree)
  const deb = join(root, 'out', 'package', `${name}_${version}_${ARCHITECTURES[process.arch]}.deb`)
  // A package to try is made quickly. xz, because the dpkg of UOS 20 knows nothing newer.
  const packing = quick ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6']
  const built = spawnSync('dpkg-deb', [...packing, '--root-owner-group', '--build', tree, deb], { stdio: ['ignore', 2, 2] }) // prettier-ignore
  if (built.error) throw new SetupStop('A .deb is made by dpkg-deb, which is not here.', 'apt-get install dpkg-dev')
  if (built.status !== 0) throw new Error(`dpkg-deb ended with ${built.status}`)
  rmSync(tree, { recursive: true, force: true })
  return deb
}

function control(name, version, bytes) {
  return `Package: ${name}
Version: ${version}
Architecture: ${ARCHITECTURES[process.arch]}
Maintainer: BALIS Desk developers <desk@balis.invalid>
Installed-Size: ${Math.ceil(bytes / 1024)}
Section: misc
Priority: optional
Depends: ${DEPENDS.join(', ')}
Recommends: ${RECOMMENDS.join(', ')}
Description: Librarian workstation for document delivery and interlibrary loan
 The desk of a member library of BALIS: receives requests, scans, stamps and sends
 articles, prints slips, packs courier bags, and goes on working without a network.
`
}

function desktopEntry(name) {
  return `[Desktop Entry]
Type=Application
Name=BALIS Desk
Name[zh_CN]=BALIS 馆员工作台
Comment=Document delivery and interlibrary loan
Comment[zh_CN]=原文传递与馆际互借
Exec=/opt/${name}/${name} %U
Icon=${name}
Terminal=false
Categories=Office;
StartupWMClass=${name}
`
}

/** Chromium's sandbox needs user namespaces, or this helper owned by root; it is never turned off. */
function afterInstall(name) {
  return `#!/bin/sh
set -e
if unshare --user true 2>/dev/null; then chmod 0755 /opt/${name}/chrome-sandbox; else chmod 4755 /opt/${name}/chrome-sandbox; fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database -q || true; fi
if command -v udevadm >/dev/null; then udevadm control --reload 2>/dev/null || true; fi
`
}

function afterRemove() {
  return `#!/bin/sh
set -e
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
`
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** Whatever the umask of the builder: everybody may read and enter, nobody but root may write. */
function makeReadable(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644)
  }
}
