/** What is seen only on the day when things fail: each is brought about as in life, and left so that the next can be. */
import type { Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { paperCode } from '../../electron/domain/codes.ts'
import { command, expect, findRequest, go, scanAnswers } from '../desk/support/staff.ts'
import type { Fault } from '../faults/line.ts'
import { fillDisk } from '../support/small-disk.ts'
import type { Stage } from './states.ts'

export interface Failure {
  readonly name: string
  open(page: Page, house: Stage): Promise<void>
  leave?(page: Page, house: Stage): Promise<void>
}

const COPY = 'HG00003901'
const LOAN = 'HG00003902'
const OTHER_LOAN = 'HG00003898'
/** The book of the first one. */
const BARCODE = '00871234'

/** What stands between the desk and the centre, and the desk's word for it. */
const LINES: Record<string, [fault: Fault, state: string]> = {
  portal: [{ kind: 'portal' }, 'portal'],
  'sign-in': [{ kind: 'status', status: 401, error: 'staff_invalid' }, 'sign_in'],
  'desk-behind': [{ kind: 'status', status: 426, error: 'protocol_unsupported', more: { min: 2, max: 2 } }, 'protocol'],
  'centre-behind': [{ kind: 'status', status: 426, error: 'protocol_unsupported', more: { min: 0, max: 0 } }, 'protocol'], // prettier-ignore
}

const connection = (page: Page, state: string) =>
  page.locator(`[data-truth="connection"][data-state="${state}"]`).waitFor()
/** What is said of the last thing that failed, once it is another thing than before. */
async function fails(page: Page, begin: () => Promise<void>): Promise<void> {
  const said = () => page.locator('main aside').first().innerText()
  const before = await said()
  await begin()
  await page.locator('main aside [role="alert"]').first().waitFor()
  await expect.poll(said).not.toBe(before)
}

async function offline(page: Page, { line }: Stage): Promise<void> {
  line!.plan = () => ({ kind: 'dropRequest' })
  await page.keyboard.press('F9')
  await connection(page, 'offline')
}

async function scanDesk(page: Page): Promise<void> {
  await go(page, 'copy')
  await expect(page.locator('main')).toContainText(COPY)
}

async function enter(page: Page, ...codes: string[]): Promise<void> {
  const field = page.locator('main [data-scan-code]').first()
  for (const code of codes) {
    await field.fill(code)
    await field.press('Enter')
  }
}

let makeRoom = () => {}

export const FAILURES: readonly Failure[] = [
  ...Object.entries(LINES).map(([name, [fault, state]]): Failure => ({
    name: `line-${name}`,
    async open(page, { line }) {
      line!.plan = () => fault
      await go(page, 'settings')
      await page.locator('[data-section="centre"]').click()
      await page.keyboard.press('F9')
      await connection(page, state)
    },
    leave: offline,
  })),
  {
    name: 'scanner-jam',
    async open(page, { scanner }) {
      await scanDesk(page)
      scanner!.load(4)
      scanner!.set({ jamAfter: 2 })
      await command(page, 'copy.scan')
      await page.locator('[data-paused]').waitFor({ timeout: 60_000 })
    },
    async leave(page, { scanner }) {
      scanner!.set({ feeder: 'ok' })
      await page.locator('[data-paused] button').first().click()
      await expect(page.locator('[data-paused]')).toHaveCount(0)
    },
  },
  {
    name: 'scanner-empty',
    async open(page, { scanner }) {
      await scanDesk(page)
      scanner!.load(0)
      await fails(page, () => command(page, 'copy.scan'))
    },
  },
  {
    name: 'scanner-gone',
    async open(page, { scanner }) {
      await scanDesk(page)
      // With an empty feeder it would only be asked for paper, as above.
      scanner!.load(1)
      scanner!.set({ refuse: 500 })
      await fails(page, () => command(page, 'copy.scan'))
    },
    leave: async (_, { scanner }) => scanner!.set({ refuse: 0 }),
  },
  {
    name: 'file-damaged',
    async open(page, { desk, work }) {
      await scanDesk(page)
      const files = { 'notes.jpg': 'a shopping list', 'broken.pdf': '%PDF-1.7\nnothing of a PDF follows' }
      const paths = Object.entries(files).map(([name, text]) => {
        writeFileSync(join(work, name), text)
        return join(work, name)
      })
      await desk.app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
      }, paths)
      await fails(page, () => command(page, 'copy.import'))
    },
  },
  {
    name: 'wrong-book',
    async open(page) {
      await go(page, 'loan')
      await enter(page, paperCode(OTHER_LOAN))
      await scanAnswers(page, 'plain')
      await enter(page, BARCODE)
      await scanAnswers(page, 'bad')
    },
  },
  {
    name: 'unknown-book',
    async open(page) {
      await go(page, 'courier')
      await page.locator('main [data-segment="pack"]').click()
      await enter(page, 'NOSUCH0000')
      await scanAnswers(page, 'bad')
    },
  },
  {
    name: 'catalogues-away',
    async open(page) {
      await go(page, 'asking')
      await page.locator('main [data-segment="search"]').click()
      await page.locator('main').getByRole('textbox').first().fill('红楼梦')
      await page.keyboard.press('Enter')
      await page.locator('[data-search-done="true"]').waitFor()
    },
  },
  {
    name: 'disk-full',
    async open(page, { desk, ownDisk }) {
      if (!ownDisk) throw new Error('a small disk can be mounted only by root')
      await findRequest(page, LOAN)
      await page.keyboard.press('m')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('书脊破损，请轻放')
      makeRoom = fillDisk(desk.data)
      await dialog.locator('[type=submit]').click()
      await page.locator('[data-toast="disk_full"]').waitFor()
    },
    async leave(page) {
      makeRoom()
      await page.keyboard.press('Escape')
      await page.locator('[data-search]').fill('')
    },
  },
]
