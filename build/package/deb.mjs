/**
 * A .deb of the packed folder for Debian, UOS and Kylin, made by dpkg-deb: electron-builder's own way fetches a helper
 * from a release site.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterInstall, afterRemove, beforeInstall, commandLine, launcher } from './deb-scripts.mjs'
import { root } from '../setup/places.mjs'
import { SetupStop } from '../setup/say.mjs'

/** Debian's names. LoongArch (loong64) is not supported yet: there is no official Electron for it. */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' }

/** What Electron and the database need of the system; the names of before and after Debian's change to 64-bit time. */
const DEPENDS = [
  ...['libc6 (>= 2.28)', 'libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'libdrm2'],
  ...[
    'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
    'libxss1',
    'libx11-xcb1',
    'libxkbcommon0',
    'libcups2 | libcups2t64',
  ],
]
/** Scanners and printers; without them the rest of the desk works. */
const RECOMMENDS = ['libsane1 | libsane', 'sane-utils', 'sane-airscan', 'cups', 'fonts-noto-cjk', 'xdg-utils']

/** xz for a release: the dpkg of UOS 20 knows nothing newer. */
const PACKING = { small: ['-Zxz', '-z6'], quick: ['-Zgzip', '-z1'], none: ['-Znone'] }

/** @throws {SetupStop} on a machine for which there is no package */
export function debName(name, version, arch = process.arch) {
  if (!Object.hasOwn(ARCHITECTURES, arch))
    throw new SetupStop(`There is no package for ${arch} yet: x64 and arm64 only (LoongArch is not supported yet).`)
  return `${name}_${version}_${ARCHITECTURES[arch]}.deb`
}

/**
 * @param {{folder: string, name: string, version: string, packing: 'small' | 'quick' | 'none', to?: string}} packed the
 *   folder, the program's and package's name; packing: in minutes, in seconds and larger, not at all; to: where the .deb is put
 * @returns {string} the path of the .deb
 * @throws {SetupStop} without dpkg-deb, or on a machine for which there is no package
 */
export function makeDeb({ folder, name, version, packing, to = join(root, 'out', 'package') }) {
  const tree = join(to, 'deb')
  rmSync(tree, { recursive: true, force: true })
  const at = (path) => {
    mkdirSync(join(tree, path, '..'), { recursive: true })
    return join(tree, path)
  }
  cpSync(folder, at(`opt/${name}`), { recursive: true, verbatimSymlinks: true })
  writeFileSync(at(`opt/${name}/desk-version`), `${version}\n`)
  writeFileSync(at(`opt/${name}/start`), launcher(name), { mode: 0o755 })
  symlinkSync(`/opt/${name}/start`, at(`usr/bin/${name}`))
  writeFileSync(at(`opt/${name}/desk`), commandLine(name), { mode: 0o755 })
  symlinkSync(`/opt/${name}/desk`, at(`usr/bin/${name}-cli`))
  writeFileSync(at(`usr/share/applications/${name}.desktop`), desktopEntry(name))
  for (const size of ['64', '256', '512'])
    cpSync(join(root, 'assets', 'icons', `icon-${size}.png`), at(`usr/share/icons/hicolor/${size}x${size}/apps/${name}.png`)) // prettier-ignore
  const own = join(root, 'build', 'package', 'linux')
  cpSync(join(own, 'scanners.rules'), at(`usr/lib/udev/rules.d/66-${name}-scanners.rules`))
  cpSync(join(own, 'mime.xml'), at(`usr/share/mime/packages/${name}.xml`))
  cpSync(join(root, 'LICENSE'), at(`usr/share/doc/${name}/copyright`))
  writeFileSync(at('DEBIAN/control'), control(name, version, sizeOf(join(tree, 'opt'))))
  writeFileSync(at('DEBIAN/preinst'), beforeInstall(name, version), { mode: 0o755 })
  writeFileSync(at('DEBIAN/postinst'), afterInstall(name), { mode: 0o755 })
  writeFileSync(at('DEBIAN/postrm'), afterRemove(name), { mode: 0o755 })
  makeReadable(tree)
  const deb = join(to, debName(name, version))
  const built = spawnSync('dpkg-deb', [...PACKING[packing], '--root-owner-group', '--build', tree, deb], { stdio: ['ignore', 2, 2] }) // prettier-ignore
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
Exec=/opt/${name}/start
Icon=${name}
Terminal=false
Categories=Office;
StartupWMClass=${name}
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
