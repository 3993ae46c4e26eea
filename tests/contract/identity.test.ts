/** Who sits at the desk: PIN and lock, days without the centre, roles the centre changes, a device it no longer knows. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CORE_PROTOCOL } from '../../electron/contract/core.contract.ts'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { Stage } from '../support/desk.ts'

// Several starts of a desk each: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

const QUERY = { text: '', filter: {}, sort: 'due', descending: false } as const
const PASSWORD = 'balis-rehearsal'
let stage: Stage
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
})
afterAll(() => stage.end())

const codeOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => null,
      (error: unknown) => (error as { code?: unknown }).code,
    )

test('two people change places by PIN, each acts under their own name, and the trail tells how they came', async () => {
  const { core, running, handlers } = await stage.desk('places', 'ruc-wang')
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await core.sync.settle()
  await handlers['desk.setPin']({ pin: '4071', password: PASSWORD })
  await handlers['desk.signIn']({ staff: 'ruc-lin', password: PASSWORD })
  core.act({ objectId: id, kind: 'note', args: { text: 'lin' } })
  expect((await handlers['desk.staff']({})).filter(({ pin }) => pin).map((person) => person.id)).toEqual(['ruc-wang'])
  await handlers['desk.signInPin']({ staff: 'ruc-wang', pin: '4071' })
  core.act({ objectId: id, kind: 'note', args: { text: 'wang' } })
  await core.sync.settle()
  const { history } = await stage.rowAtCentre<RequestRow>('request', id)
  const notes = history.filter(({ event }) => event === 'note').map(({ text, who }) => [text, who])
  expect(notes).toEqual([
    ['lin', running.core.views.staff().find((person) => person.id === 'ruc-lin')!.name],
    ['wang', running.core.views.staff().find((person) => person.id === 'ruc-wang')!.name],
  ])
  const events = core.db
    .sql<{ event: string }>('SELECT event FROM audit ORDER BY id')
    .all()
    .map((row) => row.event)
  for (const event of ['enrolled', 'signedIn', 'pinSet', 'signedInByPin']) expect(events).toContain(event)
  expect(checkAudit(core.db)).toBeNull()
})

test('a locked desk shows and does nothing until somebody signs in; what runs goes on', async () => {
  const desk = await stage.desk('locked', 'ruc-wang')
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await desk.core.sync.settle()
  const blob = await desk.core.blobs.put(new TextEncoder().encode('page'), 'image/png')
  desk.core.act({ objectId: id, kind: 'note', args: { text: 'before the lock' } })
  await desk.handlers['desk.lock']({})
  const hello = await desk.handlers['app.hello']({ protocol: CORE_PROTOCOL })
  expect(hello.locked).toBe(true)
  const refused = [
    () => desk.handlers['queue.window']({ query: QUERY, offset: 0, limit: 10 }),
    () => desk.handlers['op.act']({ objectId: id, kind: 'note', args: { text: 'x' } }),
    () => desk.handlers['settings.set']({ lockMinutes: 0 }),
    () => desk.handlers['backup.make']({}),
    () => desk.handlers['support.bundle']({}),
    () => desk.running.findBlob(blob.sha256),
  ]
  for (const call of refused) expect(await codeOf(call)).toBe('desk_locked')
  expect(await desk.core.sync.settle()).toBe(true)
  // A restart is no way around it.
  const again = await desk.restart()
  expect(await codeOf(() => again.handlers['queue.window']({ query: QUERY, offset: 0, limit: 10 }))).toBe('desk_locked')
  expect(await codeOf(() => again.handlers['desk.signIn']({ staff: 'ruc-wang', password: 'wrong' }))).toBe(
    'wrong_password',
  )
  expect((await again.handlers['app.hello']({ protocol: CORE_PROTOCOL })).locked).toBe(true)
  await again.handlers['desk.signIn']({ staff: 'ruc-lin', password: PASSWORD })
  await again.handlers['queue.window']({ query: QUERY, offset: 0, limit: 10 })
})

test('signed out, nobody sees anything: the next person signs in first, and re-enrolment needs a refused device', async () => {
  const { running, handlers } = await stage.desk('signed-out', 'ruc-wang')
  handlers['desk.signOut']({})
  expect(await handlers['app.hello']({ protocol: CORE_PROTOCOL })).toMatchObject({ locked: true, me: null })
  expect(await codeOf(() => handlers['queue.window']({ query: QUERY, offset: 0, limit: 10 }))).toBe('desk_locked')
  expect(await codeOf(() => handlers['safety.get']({}))).toBe('desk_locked')
  const { code } = await stage.lever<{ code: string }>('enrol-code')
  expect(await codeOf(() => handlers['desk.enrol']({ url: stage.centre.url, code, deskName: 'x' }))).toBe('not_allowed')
  await handlers['desk.signIn']({ staff: 'ruc-li', password: PASSWORD })
  expect(running.identity.locked).toBe(false)
})

test('staff do not loosen by the contract what the window keeps from them, and set no PIN without their password', async () => {
  const { core, handlers } = await stage.desk('staff-rules', 'ruc-wang')
  const { network } = core.settings.get()
  const loosened = [
    { lockMinutes: 480 },
    { purgeDays: 3650 },
    { offlineSignInDays: 90 },
    { centreUrl: 'https://elsewhere.example' },
    { network: { ...network, proxy: 'http://elsewhere.example:3128' } },
  ]
  for (const change of loosened)
    expect(await codeOf(() => handlers['settings.set'](change)), JSON.stringify(change)).toBe('not_allowed')
  expect(await codeOf(() => handlers['network.trust']({ fileId: randomUUID() }))).toBe('not_allowed')
  // Their own choices stay theirs, also sent together with everything else as it is.
  await handlers['settings.set']({ ...core.settings.get(), theme: 'dark' })
  const before = core.db.sql('SELECT * FROM audit').all().length
  for (const pin of ['4071', '5522'])
    expect(await codeOf(() => handlers['desk.setPin']({ pin, password: 'guess' }))).toBe('wrong_password')
  expect((await handlers['safety.get']({})).pin).toBe(false)
  expect(core.db.sql('SELECT * FROM audit').all()).toHaveLength(before)

  await handlers['desk.signIn']({ staff: 'ruc-lin', password: PASSWORD })
  await handlers['settings.set']({ purgeDays: 180, lockMinutes: 5 })
  await handlers['settings.set']({ offlineSignInDays: 7, network: { ...network, proxy: 'http://proxy.example:3128' } })
  const noted = core.db.sql<{ user: string; detail: string }>(`SELECT user, detail FROM audit WHERE event = 'settingsChanged'`) // prettier-ignore
  expect(noted.all()).toEqual([
    { user: 'ruc-lin', detail: '{"settings":["lockMinutes","purgeDays"]}' },
    { user: 'ruc-lin', detail: '{"settings":["network","offlineSignInDays"]}' },
  ])
})

test('with the centre away a known person signs in by the password last used there, a stranger does not', async () => {
  const desk = await stage.desk('away', 'ruc-wang')
  await desk.core.sync.settle()
  desk.handlers['desk.signOut']({})
  await stage.stopCentre()
  try {
    expect(await codeOf(() => desk.handlers['desk.signIn']({ staff: 'ruc-li', password: PASSWORD }))).toBe('offline')
    expect(await codeOf(() => desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: 'guess' }))).toBe(
      'wrong_password',
    )
    expect(await desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: PASSWORD })).toMatchObject({
      id: 'ruc-wang',
    })
    desk.core.settings.set({ offlineSignInDays: 0 })
    expect(await codeOf(() => desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: PASSWORD }))).toBe(
      'offline_too_long',
    )
  } finally {
    await stage.startCentre()
  }
})

test('a role the centre changes holds here at once; who is taken off its list is nobody here any more', async () => {
  const { core, handlers } = await stage.desk('roles', 'ruc-lin')
  await core.sync.settle()
  expect(core.me()?.role).toBe('supervisor')
  const put = (role: string) =>
    core.db.sql(`UPDATE base SET body = json_set(body, '$.role', ?) WHERE type = 'staff' AND id = 'ruc-lin'`).run(role)
  put('staff')
  expect(core.me()?.role).toBe('staff')
  for (const call of [
    () => handlers['list.export']({ order: { list: 'audit' }, format: 'csv', title: 'audit', words: {} }),
    () => handlers['recovery.show']({}),
    () => handlers['privacy.purge']({}),
  ])
    expect(await codeOf(call)).toBe('not_allowed')
  core.db.sql(`DELETE FROM base WHERE type = 'staff' AND id = 'ruc-lin'`).run()
  core.db
    .sql(`INSERT INTO gone (type, id, version, seq, reason, at) VALUES ('staff', 'ruc-lin', 9, 9, 'left', 0)`)
    .run()
  expect(core.me()).toBeNull()
  expect(await codeOf(() => core.act({ objectId: 'x', kind: 'note', args: { text: 'x' } }))).toBe('sign_in_needed')
})

test('a revoked device keeps what it did and sends it once it is enrolled again, nothing twice', async () => {
  const { core, handlers } = await stage.desk('revoked', 'ruc-wang')
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  await core.sync.settle()
  core.act({ objectId: id, kind: 'note', args: { text: 'sent' } })
  await core.sync.settle()
  await stage.lever('revoke', { deviceId: core.deskId() })
  core.act({ objectId: id, kind: 'note', args: { text: 'waits' } })
  const told: string[] = []
  core.events.subscribe(({ topic }) => void told.push(topic))
  expect(await core.sync.cycle()).toBe(false)
  // The window that is open reads it at once.
  await expect.poll(() => told).toContain('desk')
  const hello = async () => handlers['app.hello']({ protocol: CORE_PROTOCOL })
  expect((await hello()).enrolAgain).toBe(true)
  // Also from the lock screen, where nobody could sign in any more; and only at its own centre.
  await handlers['desk.lock']({})
  expect(await codeOf(() => handlers['desk.signIn']({ staff: 'ruc-wang', password: PASSWORD }))).toBe('sign_in_needed')
  const { code } = await stage.lever<{ code: string }>('enrol-code')
  const elsewhere = { url: 'https://elsewhere.example', code, deskName: 'revoked' }
  expect(await codeOf(() => handlers['desk.enrol'](elsewhere))).toBe('not_allowed')
  await handlers['desk.enrol']({ url: stage.centre.url, code, deskName: 'revoked' })
  expect(await hello()).toMatchObject({ enrolAgain: false, me: null, locked: true })
  await handlers['desk.signIn']({ staff: 'ruc-wang', password: PASSWORD })
  expect(await core.sync.settle()).toBe(true)
  const { history } = await stage.rowAtCentre<RequestRow>('request', id)
  expect(history.filter(({ event }) => event === 'note').map(({ text }) => text)).toEqual(['sent', 'waits'])
})

test('a desk that the centre still knows is not enrolled a second time', async () => {
  const { handlers } = await stage.desk('once', 'ruc-wang')
  const { code } = await stage.lever<{ code: string }>('enrol-code')
  expect(await codeOf(() => handlers['desk.enrol']({ url: stage.centre.url, code, deskName: 'x' }))).toBe('not_allowed')
})

test('the recovery key is shown to a supervisor until it is written down, then never', async () => {
  const { handlers } = await stage.desk('recovery', 'ruc-wang')
  expect(await codeOf(() => handlers['recovery.show']({}))).toBe('not_allowed')
  await handlers['desk.signIn']({ staff: 'ruc-lin', password: PASSWORD })
  const { key } = await handlers['recovery.show']({})
  expect(await handlers['recovery.show']({})).toEqual({ key })
  await handlers['recovery.kept']({})
  expect(await codeOf(() => handlers['recovery.show']({}))).toBe('not_allowed')
})
