/** Starts of a version that has not come up yet are watched; one that fails too often makes room for the one before it. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { packageKind, startMarks } from './places.ts'
import { countStart, givenUp, giveUp, olderInstaller, openStartMark, type StartMark } from './start-mark.ts'

/** Up is a desk whose page and core have lived together this long, ms. */
const UP_MS = 3000
/** A page that has not come by then does not come, ms. */
const PAGE_MS = 60_000
/** What the launcher takes as a failed start: any end but an orderly one. */
const FAILED = 70

export interface StartGuard {
  /** False: the version before was started instead, and this one is to end. */
  readonly go: boolean
  /** The version that was given up before this one was started. */
  readonly goneBackFrom: string | undefined
  /** The page's script runs. */
  pageRuns(): void
  /** Page and core are there. */
  up(): void
  /** Core does not start, and it is the program's own fault. */
  failed(): void
  endedInOrder(): void
  notCounted(): void
}

/** @param dataDir where this desk keeps the packages it was installed from */
export function guardStart(dataDir: string): StartGuard {
  const marks = startMarks()
  const version = app.getVersion()
  const path = marks && join(marks, version)
  const mark: StartMark = openStartMark(path)
  const kind = packageKind()
  // The launcher of a .deb has counted already.
  const goBack = path && kind && kind !== 'deb' && countStart(path) ? wayBack(dataDir, version) : undefined
  if (goBack) {
    giveUp(marks!, version)
    spawn(goBack[0]!, goBack.slice(1), { detached: true, stdio: 'ignore' }).unref()
  }
  mark.begun()
  // Without a version to go back to, the window says what is the matter.
  const failed = () => {
    if (!mark.isUp() && wayBack(dataDir, version)) app.exit(FAILED)
  }
  const page = path && !goBack ? setTimeout(failed, PAGE_MS) : undefined
  let up: NodeJS.Timeout | undefined
  return {
    go: !goBack,
    goneBackFrom: marks ? givenUp(marks, version) : undefined,
    pageRuns: () => clearTimeout(page),
    up: () => void (up ??= setTimeout(() => mark.cameUp(), UP_MS)),
    failed() {
      clearTimeout(up)
      failed()
    },
    endedInOrder() {
      clearTimeout(up)
      mark.endedInOrder()
    },
    notCounted: () => mark.notCounted(),
  }
}

/** The command that brings the version before, if there is one. */
function wayBack(dataDir: string, version: string): string[] | undefined {
  const kind = packageKind()
  const image = process.env.APPIMAGE
  if (kind === 'appimage' && image && existsSync(`${image}.previous`)) return [`${image}.previous`]
  const installer = kind === 'nsis' ? olderInstaller(join(dataDir, 'updates'), version) : undefined
  if (installer) return [installer, '/S', '--force-run']
  const folder = dirname(process.execPath)
  return kind === 'deb' && existsSync(`${folder}-previous`) ? [join(folder, 'start')] : undefined
}
