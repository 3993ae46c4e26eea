/** A real centre over HTTP and real desks on data folders of their own, for tests. Everything is cleaned up by `end`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCentre, type RunningCentre, type StartOptions } from '../../electron/centre/server.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import { openCore, type RunningCore } from '../../electron/core/index.ts'

export interface TestDesk {
  running: RunningCore
  core: RunningCore['core']
  handlers: RunningCore['handlers']
  folder: string
  /** Closes and opens again, as a restart does. */
  restart(): Promise<TestDesk>
}

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'desk-stage-'))
  centre!: RunningCentre
  /** Folder of the pages that the desks' rehearsal scanners play, at once; the demo's own where absent. */
  pages: string | undefined
  /** What its feeder needs for a page, ms. */
  pageMs = 10
  private port = 0
  private readonly desks = new Map<string, RunningCore>()
  private centreOptions: Partial<StartOptions> = {}

  /** Starts the centre, again on the same port and data after `stopCentre`. */
  async startCentre(options: Partial<StartOptions> = this.centreOptions): Promise<RunningCentre> {
    this.centreOptions = options
    this.centre = await startCentre({
      dataDir: join(this.folder, 'centre'),
      rehearsal: true,
      borrower: { receiveAfterMs: null, returnAfterMs: null },
      ...options,
      port: this.port,
    })
    this.port = Number(new URL(this.centre.url).port)
    return this.centre
  }

  async stopCentre(): Promise<void> {
    await this.centre.close()
  }

  /** Pulls a lever of the rehearsal centre. */
  async lever<T = Record<string, unknown>>(name: string, body: object = {}): Promise<T> {
    const response = await fetch(`${this.centre.url}/rehearsal/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`lever ${name}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** The centre's row as it is now, by id. */
  async rowAtCentre<T>(type: string, id: string): Promise<T> {
    return (await this.lever<{ row: T }>('row', { type, id })).row
  }

  /**
   * A desk, enrolled and signed in, nothing held; it syncs when told to.
   * @param url how it reaches the centre, when not straight
   */
  async desk(name: string, staff = 'ruc-wang', url = this.centre.url): Promise<TestDesk> {
    const desk = await this.open(name)
    if (!desk.running.identity.enrolled) {
      desk.core.settings.set({ holdSeconds: 0, centreUrl: url })
      // `buct-wang` works at BUCT.
      const library = staff.split('-')[0]!.toUpperCase()
      await desk.running.identity.enrol(url, `${library}-DEMO`, name)
      await desk.running.identity.signIn(staff, 'balis-rehearsal')
    }
    return desk
  }

  async open(name: string, { autoSync = false } = {}): Promise<TestDesk> {
    const folder = join(this.folder, name)
    const options = {
      dataDir: folder,
      rehearsal: true,
      autoSync,
      locale: 'zh-CN',
      version: 'test',
      ...(this.pages ? { rehearsalPages: this.pages, rehearsalPageMs: this.pageMs } : {}),
    }
    const running = await openCore(options, createWorkerForker(null))
    this.desks.set(name, running)
    const restart = async () => {
      await running.close()
      return this.open(name)
    }
    return { running, core: running.core, handlers: running.handlers, folder, restart }
  }

  async end(): Promise<void> {
    for (const desk of this.desks.values()) await desk.close().catch(() => undefined)
    await this.centre?.close().catch(() => undefined)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
