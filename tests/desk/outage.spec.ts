/** An outage at the window: work goes on, another desk does the opposite, and a person decides what no longer fits. */
import { test } from '@playwright/test'
import { axeFindings } from './support/axe.ts'
import { byPalette, expect, findRequest, go, signIn } from './support/staff.ts'
import { backOnLine, meets, outage, twoDesks, type Outage, type TwoDesks } from './support/two-desks.ts'

let two: TwoDesks
let ids: Outage
test.beforeAll(async () => {
  test.setTimeout(300_000)
  two = await twoDesks()
})
test.afterAll(() => two?.close())
test.afterEach(async () => {
  two.line.plan = () => null
  await two.page.keyboard.press('Escape')
})

const card = (id: string) => two.page.locator('main [data-refused]').filter({ hasText: id })
const step = (id: string, how: string) => card(id).locator(`[data-settle="${how}"]`)
const truth = (part: string) => two.page.locator(`[data-truth="${part}"]`)
const atCentre = (id: string) => two.other.request(id)
const ours = async (id: string) =>
  (await atCentre(id)).history.filter(({ desk }) => desk === '1 号台').map(({ event }) => event)

/** Another desk writes something beside it, so that its row is in the feed again. */
const centreMoves = (id: string) => two.otherDoes('note', id, { text: '请核对' })

test.describe.serial('what was done on both sides', () => {
  test('offline work goes on; what would be refused is listed with both sides before it is sent', async () => {
    test.setTimeout(300_000)
    const { page } = two
    ids = await outage(two)
    await expect(truth('connection')).toContainText('可继续工作')
    await expect(truth('waiting')).toContainText('4')
    await backOnLine(two)
    await expect(truth('toDecide')).toContainText('4')
    await truth('toDecide').click()
    await expect(page.locator('[data-foreseen="4"]')).toBeVisible()
    await expect(card(ids.left)).toContainText('林老师 受理')
    await expect(card(ids.left)).toContainText('李老师（2 号台） 认领')
    await expect(step(ids.left, 'withdraw')).toHaveText('让给李老师')
    await expect(card(ids.cancelled)).toContainText('已撤销')
    expect(await axeFindings(page)).toEqual([])
    for (const id of Object.values(ids)) expect(await ours(id), 'nothing of it has reached the centre').toEqual([])
  })

  test('left to the other desk: nothing is sent, and the queue says whose it is', async () => {
    await step(ids.left, 'withdraw').click()
    await expect(card(ids.left)).toHaveCount(0)
    await findRequest(two.page, ids.left)
    await expect(two.page.locator(`#row-${ids.left}`).getByTitle('李老师')).toBeVisible()
    expect(await ours(ids.left)).toEqual([])
    await two.page.locator('[data-search]').fill('')
  })

  test('taken over by the supervisor: the centre gives it to this desk', async () => {
    await go(two.page, 'refused')
    await step(ids.taken, 'takeOver').click()
    await expect(card(ids.taken)).toHaveCount(0)
    await expect.poll(async () => (await atCentre(ids.taken)).claim?.deskName, { timeout: 40_000 }).toBe('1 号台')
  })

  test('sent all the same: the centre refuses it, and its word is filed once it was read', async () => {
    await go(two.page, 'refused')
    await step(ids.cancelled, 'send').click()
    await step(ids.cancelled, 'dismiss').click()
    await expect(card(ids.cancelled)).toHaveCount(0)
    expect((await atCentre(ids.cancelled)).status).toBe('Cancelled')
    expect(await ours(ids.cancelled)).toEqual([])
  })

  test('done again once the other desk has let it go: the centre has it, and nothing is left to decide', async () => {
    await go(two.page, 'refused')
    await step(ids.again, 'send').click()
    await expect(step(ids.again, 'dismiss')).toBeVisible()
    await expect(step(ids.again, 'redo')).toHaveCount(0)
    await two.otherDoes('release', ids.again, {})
    await step(ids.again, 'redo').click()
    await expect.poll(() => ours(ids.again), { timeout: 40_000 }).toEqual(['accept'])
    await expect(two.page.locator('main [data-refused]')).toHaveCount(0)
    await expect(truth('toDecide')).toHaveCount(0)
    await expect(truth('refused')).toHaveCount(0)
    await expect(truth('waiting')).toContainText('0')
  })
})

test('a claim made offline is shown as not yet certain, and as certain once the centre has it', async () => {
  const { page, other } = two
  const id = (await other.openRequests('copy'))[0]!.id
  await meets(two, { kind: 'dropRequest' }, 'offline')
  await findRequest(page, id)
  await page.locator('main [role=grid]').focus()
  await page.keyboard.press('c')
  const holder = (title: string) => page.locator(`#row-${id}`).getByTitle(title, { exact: true })
  await expect(holder('林老师（待中心确认）')).toBeVisible()
  await backOnLine(two)
  await expect(holder('林老师')).toBeVisible()
  expect((await atCentre(id)).claim?.deskName).toBe('1 号台')
  await page.locator('[data-search]').fill('')
})

test('a log-in page in the way, a desk too old and a centre too old each say so and lead to where it is put right', async () => {
  const { page } = two
  const section = (name: string) => page.locator(`[data-section="${name}"][aria-current]`)
  await meets(two, { kind: 'portal' }, 'portal')
  await truth('connection').click()
  await expect(section('centre')).toBeVisible()
  await expect(page.locator('main')).toContainText('登录校园网')
  const protocol = (max: number) =>
    ({ kind: 'status', status: 426, error: 'protocol_unsupported', more: { min: max, max } }) as const
  await meets(two, protocol(2), 'protocol')
  await expect(page.locator('main')).toContainText('中心已升级，请更新本软件')
  await truth('connection').click()
  await expect(section('update')).toBeVisible()
  two.line.plan = () => protocol(0)
  await byPalette(page, 'app.syncNow')
  await expect(truth('connection')).toContainText('中心版本较旧')
  await truth('connection').click()
  await expect(section('centre')).toBeVisible()
  await expect(page.locator('main')).toContainText('请联系中心')
  expect(await axeFindings(page)).toEqual([])
  await backOnLine(two)
})

test('a sign-in that ran out is asked for in a corner, and what waited goes out after it', async () => {
  const { page, other } = two
  const id = (await other.openRequests('copy'))[0]!.id
  await findRequest(page, id)
  await meets(two, { kind: 'status', status: 401, error: 'staff_invalid' }, 'sign_in')
  await page.locator('[data-action="accept"]').click()
  await expect(truth('waiting')).toContainText('1')
  const note = page.locator('[data-note="sign-in"]')
  await expect(note).toContainText('登录已过期')
  expect(await axeFindings(page)).toEqual([])
  await note.getByRole('button', { name: '重新登录' }).click()
  await expect(page.getByRole('dialog', { name: '重新登录' }).locator('[data-staff="ruc-lin"]')).toHaveAttribute('aria-pressed', 'true') // prettier-ignore
  two.line.plan = () => null
  await signIn(page)
  await expect(note).toHaveCount(0)
  await expect.poll(() => ours(id), { timeout: 40_000 }).toEqual(['accept'])
  await page.locator('[data-search]').fill('')
})

test('what a newer centre says is shown and not touched, and a clock that is off is said', async () => {
  const { page, other } = two
  const strange = (await other.openRequests('copy'))[0]!.id
  two.line.plan = ({ path }) =>
    path.includes('/feed')
      ? {
          kind: 'rewrite',
          change(json) {
            for (const row of (json['rows'] ?? []) as Record<string, unknown>[])
              if (row['id'] === strange) row['status'] = 'BeingTeleported'
            return { ...json, serverTime: Number(json['serverTime']) + 3 * 3_600_000 }
          },
        }
      : null
  // It comes once more, from a centre that speaks otherwise.
  await centreMoves(strange)
  await findRequest(page, strange)
  await expect(page.locator('aside')).toContainText('中心发来了本版本不认识的内容')
  await expect(page.locator('aside [data-action]')).toHaveCount(0)
  await expect(async () => {
    await byPalette(page, 'app.syncNow')
    await expect(truth('skew')).toContainText('3 小时', { timeout: 2000 })
  }).toPass({ timeout: 60_000 })
  await truth('skew').click()
  await expect(page.locator('main')).toContainText('请校准这台电脑的时间')
})

test('the share of the line and the proxy are set and kept', async () => {
  const { page } = two
  await go(page, 'settings')
  await page.locator('[data-section="centre"]').click()
  const choose = (name: string) => page.locator('main').getByRole('radio', { name, exact: true })
  await choose('512 kB/s').click()
  await choose('不用').click()
  await go(page, 'queue')
  await go(page, 'settings')
  await page.locator('[data-section="centre"]').click()
  await expect(choose('512 kB/s')).toBeChecked()
  await expect(choose('不用')).toBeChecked()
})
