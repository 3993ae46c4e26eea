/**
 * The last step of an update, by the installer of the platform. Only the one for .deb has been run; the others follow what
 * electron-builder's installers document.
 */
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'
import { DeskError } from '../contract/errors.ts'
import type { PackageKind } from '../contract/host-link.ts'

/** What is to happen after it: `relaunch` the desk, `quit` (the installer starts it), or `stay` (the person does the rest). */
export type AfterInstall = 'relaunch' | 'quit' | 'stay'

/** pkexec: the person thought better of it, or may not. */
const REFUSED = new Set([126, 127])

export interface Installing {
  kind: PackageKind
  path: string
  /** Opens a file with the system's own program. */
  open(path: string): Promise<string>
}

/** @throws DeskError update_failed; nothing is changed then */
export async function installPackage({ kind, path, open }: Installing): Promise<AfterInstall> {
  switch (kind) {
    case 'deb':
      await installDeb(path)
      return 'relaunch'
    case 'appimage':
      replaceAppImage(path, process.env.APPIMAGE ?? '')
      return 'relaunch'
    case 'nsis':
      // As electron-updater starts it: no questions, and the desk again afterwards.
      spawn(path, ['--updated', '/S', '--force-run'], { detached: true, stdio: 'ignore' }).unref()
      return 'quit'
    case 'dmg':
      if ((await open(path)) !== '') throw new DeskError('update_failed', { why: 'not_opened' })
      return 'stay'
  }
}

/** The system asks for an administrator's password; the package itself keeps the version before to go back to. */
async function installDeb(path: string): Promise<void> {
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn('pkexec', ['/usr/bin/dpkg', '--install', path], { stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', () => resolve(null))
    child.once('exit', (status) => resolve(status ?? -1))
  })
  if (code === 0) return
  const why = code === null ? 'no_pkexec' : REFUSED.has(code) ? 'refused' : 'installer'
  throw new DeskError('update_failed', { why })
}

/** The one before stays beside it; a power cut leaves one of the two whole. */
export function replaceAppImage(from: string, to: string): void {
  try {
    copyFileSync(from, `${to}.new`)
    chmodSync(`${to}.new`, 0o755)
    copyFileSync(to, `${to}.previous`)
    chmodSync(`${to}.previous`, 0o755)
    renameSync(`${to}.new`, to)
  } catch (error) {
    rmSync(`${to}.new`, { force: true })
    throw new DeskError('update_failed', { why: 'installer' }, { cause: error })
  }
}
