import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, startDaemon, until, type Daemon } from './programs.ts'

/** What the real simulator can be told to pretend. */
export type EveFault = 'none' | 'empty' | 'jam' | 'slow'

export interface EvePrinter {
  uri: string
  setFault(fault: EveFault): Promise<void>
  /** The documents it kept, oldest first, as they were received. */
  received(): Promise<Buffer[]>
  /** Job settings the device saw for its last document (IPP_COPIES, IPP_SIDES, ...). */
  lastJob(): Promise<Record<string, string>>
  /** Pulls the plug. */
  vanish(): Promise<void>
  log(): string
  close(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const AVAHI_CONF = `[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
disallow-other-stacks=no
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
[reflector]
[rlimits]
`

const BUS_CONF = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
`

/** avahi allows one daemon a machine by its file below /run; a mount of our own there lets test files run side by side. */
const OWN_AVAHI = `mkdir -p /run/avahi-daemon && mount -t tmpfs tmpfs /run/avahi-daemon &&
exec avahi-daemon -f "$1" --no-drop-root --no-chroot --no-rlimits`

/** ippeveprinter will not start without DNS-SD: a bus and an avahi of our own, on loopback, seen by nobody else. */
async function startPrivateAvahi(folder: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const socket = join(folder, 'bus.sock')
  const address = `unix:path=${socket}`
  await writeFile(join(folder, 'bus.conf'), BUS_CONF(socket))
  await writeFile(join(folder, 'avahi.conf'), AVAHI_CONF)
  const bus = startDaemon('dbus-daemon', ['--config-file', join(folder, 'bus.conf'), '--nofork', '--nopidfile'])
  const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: address }
  const listening = async () => (await readdir(folder)).includes('bus.sock')
  await until('the private bus', listening)
  const avahi = startDaemon('unshare', ['-m', 'sh', '-c', OWN_AVAHI, 'sh', join(folder, 'avahi.conf')], { env })
  try {
    await until('avahi', () => /Server startup complete/.test(avahi.log()), 20_000)
  } catch (error) {
    await avahi.stop()
    await bus.stop()
    throw new Error(`${String(error)}\n${bus.log()}\n${avahi.log()}`, { cause: error })
  }
  return {
    address,
    stop: async () => {
      await avahi.stop()
      await bus.stop()
    },
  }
}

const faultScript = (folder: string) => `#!/bin/sh
env | grep -E '^(IPP_|CONTENT_TYPE)' | sort > ${folder}/last-job.txt
fault=$(cat ${folder}/fault)
[ "$fault" = jam ] || echo "STATE: -media-jam-error" >&2
case "$fault" in
  empty)
    echo "STATE: +media-empty-error,media-needed" >&2
    while [ "$(cat ${folder}/fault)" = empty ]; do sleep .1; done
    echo "STATE: -media-empty-error,media-needed" >&2;;
  jam)
    echo "STATE: +media-jam-error" >&2
    echo "ERROR: Paper jam" >&2
    exit 1;;
  slow)
    n=0
    while [ "$(cat ${folder}/fault)" = slow ]; do
      n=$((n+1)); echo "ATTR: job-impressions-completed=$n" >&2; sleep .2
    done;;
esac
echo "ATTR: job-impressions-completed=2" >&2
exit 0
`

/**
 * Starts the real ippeveprinter of CUPS with faults that can be switched while it runs, with `more` options (`-A`: it asks
 * for a user name). Needs avahi-daemon and dbus.
 */
export async function startIppEvePrinter(name = 'Sim', more: readonly string[] = []): Promise<EvePrinter> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-eve-'))
  const avahi = await startPrivateAvahi(folder)
  const [spool, keys] = [join(folder, 'spool'), join(folder, 'keys')]
  await mkdir(spool)
  await mkdir(keys, { mode: 0o700 })
  const script = join(folder, 'fault.sh')
  await writeFile(script, faultScript(folder))
  await chmod(script, 0o755)
  await writeFile(join(folder, 'fault'), 'none')
  const port = await freePort()
  const uri = `ipp://localhost:${port}/ipp/print`
  const formats = ['-f', 'application/pdf,image/jpeg,image/pwg-raster']
  const args = [
    '-p',
    String(port),
    '-n',
    'localhost',
    '-r',
    'off',
    '-d',
    spool,
    '-K',
    keys,
    '-k',
    '-v',
    '-2',
    ...formats,
  ]
  const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: avahi.address, LC_ALL: 'C.UTF-8' }
  const eve = startDaemon('ippeveprinter', [...args, ...more, '-c', script, name], { env })
  const close = async () => {
    await eve.stop('SIGKILL')
    await avahi.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await until(
      'ippeveprinter',
      async () => (await run('ipptool', ['-q', uri, 'get-printer-attributes.test'])).code === 0,
    )
  } catch (error) {
    const log = eve.log()
    await close()
    throw new Error(`${String(error)}\n${log}`, { cause: error })
  }
  return {
    uri,
    setFault: (fault) => writeFile(join(folder, 'fault'), fault),
    received: async () => {
      const all = await readdir(spool)
      const files = all
        .filter((file) => /^\d+-.*\.(pdf|jpg|pwg)$/.test(file))
        .sort((a, b) => Number.parseInt(a) - Number.parseInt(b))
      return Promise.all(files.map((file) => readFile(join(spool, file))))
    },
    lastJob: async () => {
      const lines = (await readFile(join(folder, 'last-job.txt'), 'utf8')).trim().split('\n')
      return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0]!, line.slice(line.indexOf('=') + 1)]))
    },
    vanish: () => eve.stop('SIGKILL'),
    log: eve.log,
    close,
  }
}

export interface Cups {
  /** `ipp://localhost:port/` */
  uri: string
  /** Environment for lp, lpadmin, lpstat. */
  env: NodeJS.ProcessEnv
  log(): string
  close(): Promise<void>
}

const cupsdConf = (port: number, login: boolean) => `Listen localhost:${port}
LogLevel debug
MaxLogSize 0
Browsing No
BrowseLocalProtocols none
DefaultAuthType None
WebInterface No
DefaultPaperSize A4
IdleExitTimeout 0
PreserveJobFiles Yes
ErrorPolicy stop-printer
JobRetryInterval 5
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Location /admin>
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit Print-Job Create-Job>
    Order deny,allow
    ${login ? 'AuthType Basic\n    Require valid-user' : ''}
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`

const cupsFilesConf = (folder: string) => `SystemGroup root lpadmin
User lp
Group lp
FileDevice Yes
Sandboxing relaxed
ServerRoot ${folder}/root
RequestRoot ${folder}/spool
CacheDir ${folder}/cache
StateDir ${folder}/state
TempDir ${folder}/tmp
ServerBin /usr/lib/cups
DataDir /usr/share/cups
AccessLog ${folder}/log/access_log
ErrorLog ${folder}/log/error_log
PageLog ${folder}/log/page_log
`

/**
 * Starts a real cupsd of its own, in a temporary folder and on a free port; with `login` it asks for a user name before
 * it takes a job. Needs root (it drops to user lp).
 */
export async function startCupsd(login = false): Promise<Cups> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-cups-'))
  await chmod(folder, 0o755)
  const lp = Number((await run('id', ['-g', 'lp'])).stdout)
  for (const name of ['root', 'spool', 'cache', 'state', 'log', 'tmp']) {
    await mkdir(join(folder, name))
    await chown(join(folder, name), 0, lp)
    await chmod(join(folder, name), name === 'tmp' ? 0o1770 : name === 'spool' || name === 'cache' ? 0o770 : 0o755)
  }
  const port = await freePort()
  const [conf, files] = [join(folder, 'root/cupsd.conf'), join(folder, 'root/cups-files.conf')]
  await writeFile(conf, cupsdConf(port, login))
  await writeFile(files, cupsFilesConf(folder))
  const daemon: Daemon = startDaemon('cupsd', ['-f', '-c', conf, '-s', files])
  const env = { CUPS_SERVER: `localhost:${port}` }
  const log = () => daemon.log()
  const close = async () => {
    await daemon.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await until('cupsd', async () => (await run('lpstat', ['-r'], env)).stdout.includes('scheduler is running'))
  } catch (error) {
    await close()
    throw error
  }
  return { uri: `ipp://localhost:${port}/`, env, log, close }
}

/** Why the real programs cannot be used here, as a reason for a skip; undefined when they can. */
export function whyNoCups(missing: string[]): string | undefined {
  if (missing.length > 0) return `missing ${missing.join(', ')}`
  if (process.getuid?.() !== 0) return 'cupsd and the private bus need root'
  return undefined
}
