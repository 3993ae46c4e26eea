/**
 * People this desk knows: who signed in at the centre from here, until when the centre lets them work without it, their
 * password as a hash, and the PIN they chose for changing places quickly. Wrong guesses are counted on the disk, so that a
 * restart gives no new ones.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Hello } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Db } from '../../../db/driver.ts'
import type { KnownPerson, Secret } from '../../../db/queries/known-person.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { steadyMs } from '../steady.ts'

type Me = NonNullable<Hello['me']>

const DAY_MS = 86_400_000
/** After so many wrong guesses in a row the PIN is of no use until the password was given; passwords wait. */
const GUESSES = 5
const PASSWORD_WAIT_MS = 15 * 60_000
/** The latest time seen is kept no finer than this. */
const MARK_MS = 10 * 60_000
/** scrypt: about 60 ms on a desk computer. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }
const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt)

const secretOf = async (text: string, salt = randomBytes(16).toString('hex')): Promise<Secret> => ({
  salt,
  hash: (await derive(text, salt, 32, COST)).toString('hex'),
})
const matches = async (text: string, { salt, hash }: Secret): Promise<boolean> =>
  timingSafeEqual(await derive(text, salt, 32, COST), Buffer.from(hash, 'hex'))

/** All the same, counting up or down: 0000, 1234, 987654. */
function isWeak(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10))
  return steps.size === 1 && [0, 1, 9].includes([...steps][0]!)
}

export class KnownStaff {
  private readonly db: Db
  private readonly now: () => number
  private readonly offlineDays: () => number
  private readonly steady: () => number
  /** When the last wrong guess of this run was, on the clock nobody can set; before the first it is the start itself. */
  private readonly wrongSince = new Map<string, number>()
  private readonly begun: number

  /**
   * @param offlineDays for how long a password is believed without the centre, days
   * @param steady ms of the clock that nobody can set: waits are measured by it, and begin anew with the program
   */
  constructor(db: Db, now: () => number, offlineDays: () => number, steady: () => number = steadyMs) {
    this.db = db
    this.now = now
    this.offlineDays = offlineDays
    this.steady = steady
    this.begun = steady()
  }

  /** The centre has just taken this password. */
  async remember(me: Me, staffToken: string, offlineUntil: number, password: string): Promise<void> {
    const secret = await secretOf(password)
    const pin = this.find(me.id)?.pin ?? null
    this.put({ me, staffToken, signedInAt: this.now(), offlineUntil, password: secret, pin, wrong: 0 })
    this.noteTime(true)
  }

  /**
   * Keeps the latest time this desk has seen, so that a clock set back makes nobody's sign-in younger.
   * @param trusted the centre has just told it: an earlier mark was a clock that ran ahead
   */
  noteTime(trusted = false): void {
    const latest = getMeta(this.db, 'latestTime') ?? 0
    const now = this.now()
    if (trusted ? now !== latest : now > latest + MARK_MS) setMeta(this.db, 'latestTime', now)
  }

  hasPin(staff: string): boolean {
    const person = this.find(staff)
    return person?.pin != null && person.wrong < GUESSES && this.stillKnown(person)
  }

  /** @throws DeskError pin_weak, sign_in_needed */
  async setPin(staff: string, pin: string | null): Promise<void> {
    if (pin !== null && isWeak(pin)) throw new DeskError('pin_weak')
    const secret = pin === null ? null : await secretOf(pin)
    const person = this.find(staff)
    if (!person) throw new DeskError('sign_in_needed')
    this.put({ ...person, pin: secret })
  }

  /** @throws DeskError pin_wrong {left}, pin_locked, offline_too_long */
  async byPin(staff: string, pin: string): Promise<KnownPerson> {
    this.noteTime()
    const person = this.find(staff)
    if (!person?.pin || person.wrong >= GUESSES) throw new DeskError('pin_locked')
    if (!this.stillKnown(person)) throw new DeskError('offline_too_long')
    // Counted before it is looked at: pulling the plug is no way to guess again.
    this.countWrong(person)
    if (!(await matches(pin, person.pin))) {
      const left = GUESSES - person.wrong - 1
      throw left > 0 ? new DeskError('pin_wrong', { left }) : new DeskError('pin_locked')
    }
    return this.forgive(person)
  }

  /** Without the centre. @throws DeskError wrong_password, pin_locked, offline_too_long; offline when nobody of that name is known */
  async byPassword(staff: string, password: string): Promise<KnownPerson> {
    this.noteTime()
    const person = this.find(staff)
    if (!person) throw new DeskError('offline')
    if (!this.stillKnown(person)) throw new DeskError('offline_too_long')
    const waited = this.steady() - (this.wrongSince.get(staff) ?? this.begun)
    if (person.wrong >= GUESSES && waited < PASSWORD_WAIT_MS) throw new DeskError('pin_locked')
    this.countWrong(person)
    if (!(await matches(password, person.password))) throw new DeskError('wrong_password')
    return this.forgive(person)
  }

  forgetAll(): void {
    setMeta(this.db, 'knownStaff', {})
  }

  /** A clock set back does not lengthen the time: neither before the last sign-in, nor before what was seen since. */
  private stillKnown({ signedInAt, offlineUntil }: KnownPerson): boolean {
    const now = this.now()
    const latest = Math.max(now, getMeta(this.db, 'latestTime') ?? 0)
    return latest < Math.min(offlineUntil, signedInAt + this.offlineDays() * DAY_MS) && now > signedInAt - DAY_MS
  }

  private countWrong(person: KnownPerson): void {
    this.wrongSince.set(person.me.id, this.steady())
    this.put({ ...person, wrong: person.wrong + 1 })
  }

  private forgive(person: KnownPerson): KnownPerson {
    const good = { ...person, wrong: 0 }
    this.put(good)
    return good
  }

  private find(staff: string): KnownPerson | undefined {
    const all = getMeta(this.db, 'knownStaff') ?? {}
    return Object.hasOwn(all, staff) ? all[staff] : undefined
  }

  private put(person: KnownPerson): void {
    this.db.write(() => setMeta(this.db, 'knownStaff', { ...getMeta(this.db, 'knownStaff'), [person.me.id]: person }))
  }
}
