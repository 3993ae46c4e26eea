/**
 * The package in a clean Debian: debootstrap makes a minimal root, apt installs the .deb there with what it depends on and
 * recommends, and the demo drives it, started from that root and seeing nothing else of this machine but /tmp (the screen's
 * socket and the demo's own folders) and the loopback network. Where debootstrap cannot run, what is assumed is said.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { isRoot, root } from '../setup/places.mjs'
import { nodeForTasks } from '../setup/project-node.mjs'

/** Where Debian keeps large temporary files (FHS 5.15); not /tmp, which is shown inside the root. */
const BASE = '/var/tmp'

/**
 * @param {string} deb
 * @param {string} name the package's
 * @throws when the package does not install or its demo fails
 */
export async function tryInFreshRoot(deb, name) {
  const missing = obstacle()
  if (missing) return assume(deb, missing)
  const { suite, mirror } = ownDebian()
  const fresh = mkdtempSync(join(BASE, 'balis-root-'))
  const clock = stopwatch()
  try {
    run('debootstrap', ['--variant=minbase', suite, fresh, mirror], {}, 'ignore')
    // mkdtemp closes it to everybody but root; the desk runs as somebody else.
    chmodSync(fresh, 0o755)
    clock.lap(`debootstrap --variant=minbase ${suite}`)
    const before = installed(fresh).length
    installDeb(fresh, deb)
    clock.lap(`apt installed ${name} and ${installed(fresh).length - before - 1} packages it needs or recommends`)
    const program = run('chroot', [fresh, 'readlink', '-f', `/usr/bin/${name}`], {}, 'pipe').trim()
    const missingLibraries = run('chroot', [fresh, 'sh', '-c', `ldd /opt/${name}/${name} | grep 'not found' || true`], {}, 'pipe') // prettier-ignore
    if (missingLibraries) throw new Error(`not there: ${missingLibraries}`)
    run('chroot', [fresh, `/usr/bin/${name}-cli`, 'queue', '--data', '/tmp/command-line'], {}, 'pipe')
    clock.lap('its command line opened a desk')
    const env = { ...process.env, BALIS_DESK_PACKAGED: program, BALIS_DESK_ROOT: fresh }
    run(nodeForTasks(), ['tests/demo/index.ts'], { env, cwd: root }, 'inherit')
    clock.lap('the demo, started in that root')
    run('chroot', [fresh, 'dpkg', '--purge', name], {}, 'ignore')
    if (existsSync(join(fresh, 'opt', name))) throw new Error('the purged package left its folder')
    clock.lap('dpkg --purge')
  } finally {
    // Made by mkdtemp above; nothing is mounted in it: mounts live in name spaces that have ended.
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Why a fresh root cannot be made here, or undefined. */
function obstacle() {
  if (!isRoot) return 'only root may make one'
  if (spawnSync('debootstrap', ['--version']).error) return 'debootstrap is not installed (apt-get install debootstrap)'
  if (spawnSync('unshare', ['-m', 'true']).status !== 0) return 'this machine allows no mount name spaces'
  return undefined
}

/** Instead: the package unpacked, and what the machine must bring, with what it has of it. */
function assume(deb, why) {
  const home = join(root, 'out', 'package', 'assumed')
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  run('dpkg-deb', ['--extract', deb, join(home, 'root')], {}, 'inherit')
  const lines = ['Depends', 'Recommends'].flatMap((field) =>
    fieldOf(deb, field)
      .split(/,\s*/)
      .map((wanted) => `${field}: ${wanted} – here: ${hereOf(wanted)}`),
  )
  const text = [`No fresh root was made: ${why}.`, 'Assumed of the machine:', ...lines].join('\n')
  writeFileSync(join(home, 'assumed.txt'), `${text}\n`)
  console.log(text)
}

function hereOf(wanted) {
  const names = wanted.split('|').map((one) => one.trim().split(' ')[0])
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...names], { encoding: 'utf8' })
  return stdout?.trim().replaceAll('\n', ', ') || 'not installed'
}

/** The release and mirror that this machine itself is installed from. */
function ownDebian() {
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable'
  const policy = spawnSync('apt-cache', ['policy'], { encoding: 'utf8' }).stdout ?? ''
  const mirror = new RegExp(`(https?://\\S+) ${suite}/main`).exec(policy)?.[1] ?? 'http://deb.debian.org/debian'
  return { suite, mirror }
}

/** The recommendations of the package itself, but not those of what it pulls in. */
function installDeb(fresh, deb) {
  writeFileSync(join(fresh, 'usr', 'sbin', 'policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  copyFileSync(deb, join(fresh, 'tmp', basename(deb)))
  // How this machine reaches its mirror, a proxy for instance.
  for (const path of ['/etc/resolv.conf', '/etc/hosts']) if (existsSync(path)) copyFileSync(path, join(fresh, path))
  const recommended = fieldOf(deb, 'Recommends')
    .split(/,\s*/)
    .map((wanted) => wanted.split('|')[0].trim())
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const apt = ['apt-get', 'install', '-y', '--no-install-recommends', `/tmp/${basename(deb)}`, ...recommended]
  run('chroot', [fresh, ...apt], { env }, 'ignore')
  rmSync(join(fresh, 'tmp', basename(deb)))
}

const fieldOf = (deb, field) => run('dpkg-deb', ['--field', deb, field], {}, 'pipe').trim()

const installed = (fresh) =>
  run('dpkg-query', [`--admindir=${join(fresh, 'var/lib/dpkg')}`, '-W', '-f', '${Package}\n'], {}, 'pipe')
    .trim()
    .split('\n')

function run(command, args, options, output) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options, stdio: ['ignore', output, output === 'ignore' ? 'pipe' : 'inherit'], maxBuffer: 1e8 }) // prettier-ignore
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(`${command} ended with ${result.status}: ${(result.stderr ?? '').slice(-2000)}`) // prettier-ignore
  return result.stdout ?? ''
}

function stopwatch() {
  let last = Date.now()
  return {
    lap(what) {
      console.log(`fresh root: ${what} (${Math.round((Date.now() - last) / 1000)} s)`)
      last = Date.now()
    },
  }
}
