/** Debian packages: installed when this is root with apt, else named in one line to type. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { isRoot } from './places.mjs'
import { say, SetupStop, warn } from './say.mjs'

/** What each purpose needs on Debian 12; debootstrap is for `npm run package -- --chroot`. */
const PACKAGES = {
  run: `xvfb xauth util-linux libgtk-3-0 libnss3 libasound2 libgbm1 libatk-bridge2.0-0 libxss1 libcups2 libdrm2
    libxkbcommon0 libx11-xcb1 fonts-noto-cjk`,
  tests: `sane-utils libsane1 sane-airscan cups cups-client cups-ipp-utils cups-filters avahi-daemon avahi-utils dbus
    poppler-utils qpdf ghostscript idzebra-2.0-utils idzebra-2.0-common libidzebra-2.0-modules yaz`,
  package: 'g++ dpkg xz-utils debootstrap',
  bench: 'ocrmypdf pngquant tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng img2pdf',
}

/** Newer Debian and Ubuntu renamed these for 64-bit time. */
const RENAMED = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatk-bridge2.0-0': 'libatk-bridge2.0-0t64',
  libcups2: 'libcups2t64',
  libsane1: 'libsane1',
}

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * @param {string[]} purposes of `run`, `tests`, `bench`
 * @returns {string[]} the purposes that are now complete
 */
export function installDebianPackages(purposes) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return purposes
  const missing = missingPackages(purposes)
  if (missing.length === 0) return purposes
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return withoutRoot(purposes, `sudo ${line}`)
  say(`apt-get install ${missing.join(' ')}`)
  withoutStartingServices(() => {
    if (!apt(['install', '-y', '--no-install-recommends', ...missing])) {
      apt(['update'])
      if (!apt(['install', '-y', '--no-install-recommends', ...missing]))
        throw new SetupStop('apt could not install what is missing.', line)
    }
  })
  return purposes
}

/** A desktop often has all that the window needs under other names: the window is tried; tests name what they skip. */
function withoutRoot(purposes, line) {
  warn(`some Debian packages are missing; if the window does not open or tests are skipped, type:\n\n    ${line}\n`)
  return purposes
}

function missingPackages(purposes) {
  const wanted = purposes.flatMap((purpose) => PACKAGES[purpose].split(/\s+/))
  const names = [...wanted, ...wanted.map((name) => RENAMED[name]).filter(Boolean)]
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n', ...names], {
    encoding: 'utf8',
  })
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice(10)),
  )
  return wanted.filter((name) => !installed.has(name) && !installed.has(RENAMED[name]))
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0
}

/** Printing and discovery daemons are started by the tests themselves, privately; apt must not start the machine's. */
function withoutStartingServices(work) {
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (ours) rmSync(POLICY, { force: true })
  }
}
