/** A screen for the window: the person's own, or a virtual one where there is none. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asOrdinaryUser, giveToOrdinaryUser } from './ordinary-user.mjs'
import { SetupStop } from '../setup/say.mjs'

const SCREEN = '1920x1200x24'

/** Whether a window has somewhere to open. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * Starts a virtual screen readable only by the ordinary user.
 * @returns {Promise<{env: Record<string, string>, stop: () => void}>} what to add to the window's environment
 */
export async function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'balis-display-'))
  const auth = join(folder, 'authority')
  writeFileSync(auth, wildcardCookie(randomBytes(16)), { mode: 0o600 })
  giveToOrdinaryUser(folder)
  const server = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', auth]
  // Ends with this process, however that ends; but not by Ctrl+C, or the window would lose its screen while it closes.
  const [command, args] = asOrdinaryUser('setpriv', ['--pdeathsig', 'TERM', '--', 'Xvfb', ...server], [])
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  const stop = () => {
    child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', stop)
  const number = await new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    child.stdio[3].once('data', (chunk) => resolve(String(chunk).trim()))
    child.once('error', () =>
      reject(new SetupStop('There is no screen and no Xvfb to make one.', 'apt-get install xvfb')),
    )
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}: ${said}`)))
  })
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: auth }, stop }
}

/** An Xauthority entry that holds for any display number, which is not known before the server runs. */
function wildcardCookie(secret) {
  const field = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const anyHost = Buffer.from([0xff, 0xff])
  const parts = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), secret]
  return Buffer.concat([anyHost, ...parts.map(field)])
}
