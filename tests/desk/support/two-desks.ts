/** A desk in its window, the line to the centre that the test cuts and mends, and a second desk of the library beside it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { OpArgsOf, OpKind } from '../../../electron/contract/ops.contract.ts'
import { WireDesk } from '../../../electron/centre/conformance/client.ts'
import { startCentreProcess, type CentreProcess } from '../../demo/centre-process.ts'
import { FaultLine, type Fault } from '../../faults/line.ts'
import { launchDesk, type LaunchedDesk } from './launch.ts'
import { byPalette, enrolAndSignIn, expect, findRequest } from './staff.ts'

export interface TwoDesks {
  readonly desk: LaunchedDesk
  readonly page: Page
  readonly centre: CentreProcess
  readonly line: FaultLine
  /** ruc-li at desk 2, whose line is good. */
  readonly other: Pick<WireDesk, 'openRequests' | 'request'>
  /** What the other desk does; @throws when the centre does not take it */
  otherDoes<K extends OpKind>(kind: K, objectId: string, args: OpArgsOf<K>): Promise<void>
  close(): Promise<void>
}

/** A kept connection may have been closed by the other side while this machine was busy: the call is made once more. */
const once = <T>(call: () => Promise<T>): Promise<T> =>
  call().catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error
    return call()
  })

export async function twoDesks(): Promise<TwoDesks> {
  const folder = mkdtempSync(join(tmpdir(), 'balis-two-desks-'))
  const data = join(folder, 'centre')
  mkdirSync(data)
  const centre = await startCentreProcess(data, 40)
  const line = new FaultLine(centre.url)
  const desk = await launchDesk({ data: join(folder, 'desk'), centre: await line.open(), env: { BALIS_DESK_CUPS: '' } })
  const other = new WireDesk(centre.url)
  const close = async () => {
    await desk.close()
    await line.close()
    await centre.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await enrolAndSignIn(desk.page, { url: line.url, rehearse: (...call) => centre.rehearse(...call) }, '1 号台')
    await expect(desk.page.locator('main [role=grid] [role=row][id]').first()).toBeVisible()
    await once(() => other.enrol('RUC-DEMO', '2 号台'))
    await once(() => other.signIn('ruc-li', 'balis-rehearsal'))
  } catch (error) {
    await close()
    throw error
  }
  return {
    desk,
    page: desk.page,
    centre,
    line,
    other: {
      openRequests: (service) => once(() => other.openRequests(service)),
      request: (id) => once(() => other.request(id)),
    },
    async otherDoes(kind, objectId, args) {
      const op = other.op(kind, objectId, args)
      const [result] = await once(() => other.push([op]))
      if (result?.outcome !== 'applied') throw new Error(`${kind}: ${JSON.stringify(result)}`)
    },
    close,
  }
}

const connection = (page: Page, state: string) =>
  page.locator(`[data-truth="connection"][data-state="${state}"]`).waitFor({ timeout: 40_000 })

/** Every call meets this, and the desk says so. */
export async function meets({ line, page }: TwoDesks, fault: Fault, state: string): Promise<void> {
  line.plan = () => fault
  await byPalette(page, 'app.syncNow')
  await connection(page, state)
}

/** The line is good again, and the desk has synced through it. */
export async function backOnLine({ line, page }: TwoDesks): Promise<void> {
  line.plan = () => null
  await byPalette(page, 'app.syncNow')
  await connection(page, 'online')
}

/** Chooses a request's next action by its button. */
export async function does(page: Page, id: string, action: string): Promise<void> {
  await findRequest(page, id)
  await page.locator(`[data-action="${action}"]`).first().click()
  await expect(page.locator(`[data-action="${action}"]`)).toHaveCount(0)
}

/** What becomes of four requests in an outage: this desk accepts all of them, meanwhile … */
export interface Outage {
  /** … the other desk claims it, and keeps it. */
  left: string
  /** … the other desk claims it, and we want it. */
  taken: string
  /** … it is cancelled. */
  cancelled: string
  /** … the other desk claims it, and lets it go later. */
  again: string
}

/** The line is cut, both sides work on the same requests, and the line comes back. */
export async function outage(two: TwoDesks): Promise<Outage> {
  const { page, other, centre, otherDoes } = two
  const [left, taken, cancelled, again] = (await other.openRequests('copy')).map(({ id }) => id) as [string, string, string, string] // prettier-ignore
  await meets(two, { kind: 'dropRequest' }, 'offline')
  for (const id of [left, taken, cancelled, again]) await does(page, id, 'accept')
  for (const id of [left, taken, again]) await otherDoes('claim', id, {})
  await centre.rehearse('cancel', { requestId: cancelled })
  await page.locator('[data-search]').fill('')
  return { left, taken, cancelled, again }
}
