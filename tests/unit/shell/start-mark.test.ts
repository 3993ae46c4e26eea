/** A version that does not come up makes room for the one before it: the package's launcher, and the marks it shares with the desk. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launcher } from '../../../build/package/deb-scripts.mjs'
import { countStart, givenUp, giveUp, olderInstaller, openStartMark } from '../../../electron/main/start-mark.ts'

let home: string
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'desk-start-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

const markOf = (version: string) => join(home, 'config', 'desk', 'starts', version)
const mark = (version: string) => (existsSync(markOf(version)) ? readFileSync(markOf(version), 'utf8').trim() : null)

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  /** An installed version whose program is a shell script; `$MARK` is the file the desk writes to. */
  function install(folder: string, version: string, program: string, patience = 30): void {
    const at = join(home, folder)
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, 'desk-version'), `${version}\n`)
    writeFileSync(join(at, 'start'), launcher('desk', patience), { mode: 0o755 })
    writeFileSync(join(at, 'desk'), `#!/bin/sh\nMARK='${markOf(version)}'\necho ${version} "$@"\n${program}\n`, { mode: 0o755 }) // prettier-ignore
  }
  const environment = () => ({ PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, 'config') })
  const start = (...args: string[]) => {
    const env = environment()
    const { stdout, status } = spawnSync(join(home, 'now', 'start'), args, { env, encoding: 'utf8', timeout: 60_000 })
    return { started: stdout.trim().split('\n'), status }
  }
  const UP = 'mkdir -p "$(dirname "$MARK")"; echo ok > "$MARK"'

  it('starts the installed version, with what it was told', () => {
    install('now', '0.1.0', UP)
    expect(start('--data', '/a b')).toEqual({ started: ['0.1.0 --data /a b'], status: 0 })
    expect(mark('0.1.0')).toBe('ok')
  })

  it('tries a version that crashes twice, then starts the one before, and from then on that one at once', () => {
    install('now-previous', '0.1.0', 'exit 3')
    install('now', '0.2.0', 'exit 70')
    expect(start('x')).toEqual({ started: ['0.2.0 x', '0.2.0 x', '0.1.0 x'], status: 3 })
    expect(start().started).toEqual(['0.1.0'])
    expect(givenUp(dirname(markOf('x')), '0.1.0')).toBe('0.2.0')
    // Not any more once another version runs.
    expect(givenUp(dirname(markOf('x')), '0.3.0')).toBeUndefined()
    expect(start('--try-again').started).toEqual(['0.2.0', '0.2.0', '0.1.0'])
  })

  it('does not wait for a program that has not even begun', () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', 'exec sleep 50', 3)
    expect(start().started).toEqual(['0.2.0', '0.2.0', '0.1.0'])
  })

  it('leaves a program alone that has begun, however long it takes', () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', 'echo "1 begun" > "$MARK"; sleep 4; echo ok > "$MARK"; exit 5', 3)
    expect(start()).toEqual({ started: ['0.2.0'], status: 5 })
  })

  it('told to end before it is up, lets the desk finish and starts nothing more', async () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', 'trap "sleep 1; echo closed; exit 0" TERM; echo open; while :; do sleep 0.1; done')
    const child = spawn(join(home, 'now', 'start'), { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    child.stdout.on('data', (chunk) => {
      const before = said.includes('open')
      said += String(chunk)
      if (!before && said.includes('open')) child.kill('SIGTERM')
    })
    await new Promise((resolve) => child.once('close', resolve))
    expect(said.trim().split('\n')).toEqual(['0.2.0', 'open', 'closed'])
  }, 40_000)

  it('does not count a start that ended in order', () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', 'rm "$MARK"; exit 1')
    for (let i = 0; i < 4; i++) expect(start()).toEqual({ started: ['0.2.0'], status: 1 })
  })

  it('never leaves a version that has come up once, however it ends later', () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', UP)
    start()
    install('now', '0.2.0', 'exit 9')
    for (let i = 0; i < 3; i++) expect(start()).toEqual({ started: ['0.2.0'], status: 9 })
  })

  it('starts it all the same where nothing can be noted', () => {
    install('now-previous', '0.1.0', '')
    install('now', '0.2.0', 'exit 4')
    cpSync(join(home, 'now', 'start'), join(home, 'config'))
    expect(start()).toEqual({ started: ['0.2.0'], status: 4 })
  })
})

describe('the mark of a version', () => {
  it('counts failed starts where no launcher does, and gives up after two', () => {
    const path = markOf('0.2.0')
    expect([countStart(path), countStart(path), countStart(path)]).toEqual([false, false, true])
    openStartMark(path).cameUp()
    expect([countStart(path), countStart(path), countStart(path)]).toEqual([false, false, false])
  })

  it('is taken away by an orderly end, and put back by one that only brought another window forward', () => {
    const path = markOf('0.2.0')
    countStart(path)
    countStart(path)
    openStartMark(path).notCounted()
    expect(mark('0.2.0')).toBe('1')
    openStartMark(path).begun()
    expect(mark('0.2.0')).toBe('1 begun')
    expect(countStart(path)).toBe(false)
    openStartMark(path).endedInOrder()
    expect(mark('0.2.0')).toBeNull()
    openStartMark(path).begun()
    expect(mark('0.2.0')).toBeNull()
  })

  it('names the version that was given up to the one before it only, and nothing that is no version', () => {
    giveUp(home, '0.2.0')
    expect([givenUp(home, '0.1.0'), givenUp(home, '0.2.0')]).toEqual(['0.2.0', undefined])
    giveUp(home, '../../x')
    expect(givenUp(home, '0.1.0')).toBeUndefined()
  })

  it('finds the newest older installer that was kept', () => {
    for (const version of ['0.1.0', '0.9.0', '0.10.0', '0.11.0']) {
      mkdirSync(join(home, 'updates', version), { recursive: true })
      writeFileSync(join(home, 'updates', version, 'setup.exe'), '')
    }
    expect(olderInstaller(join(home, 'updates'), '0.11.0')).toBe(join(home, 'updates', '0.10.0', 'setup.exe'))
    expect(olderInstaller(join(home, 'updates'), '0.1.0')).toBeUndefined()
  })
})
