/** Which desk this is, who works at it, and the tokens that prove both. All of it lives in the encrypted database. */
import type { LibraryRef } from '../../contract/centre.contract.ts'
import type { Hello } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Db } from '../../../db/driver.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { findStaff } from '../../../db/queries/base.ts'
import { clearMeta, getMeta, setMeta } from '../../../db/queries/meta.ts'
import { becomeNewDevice } from '../../../db/queries/outbox.ts'
import { checkCentreUrl, HttpLink, type TokenStore } from '../sync/http-link.ts'
import { LinkError } from '../sync/link.ts'
import type { Network, SystemProxy } from '../sync/network.ts'
import { KnownStaff } from './known-staff.ts'

type Me = NonNullable<Hello['me']>

export class Identity {
  private readonly db: Db
  private readonly onServerTime: (sentAt: number, receivedAt: number, serverTime: number) => void
  private readonly centreUrl: () => string
  private readonly network: () => Network
  private readonly systemProxy: SystemProxy | undefined
  private readonly now: () => number
  private readonly onDeviceRefused: () => void
  readonly known: KnownStaff
  private link: { key: string; http: HttpLink } | null = null

  /**
   * @param network how the centre is reached, asked each time
   * @param now ms UTC by the centre's clock
   * @param offlineDays how long a password is believed without the centre
   * @param onDeviceRefused the centre does not know this device any more
   * @param systemProxy what the operating system says
   */
  constructor(
    db: Db,
    centreUrl: () => string,
    onServerTime: Identity['onServerTime'],
    network: () => Network,
    now: () => number,
    offlineDays: () => number,
    onDeviceRefused: () => void,
    systemProxy?: SystemProxy,
  ) {
    this.now = now
    this.onDeviceRefused = onDeviceRefused
    this.known = new KnownStaff(db, now, offlineDays)
    this.network = network
    this.systemProxy = systemProxy
    this.db = db
    this.centreUrl = centreUrl
    this.onServerTime = onServerTime
  }

  /** @throws DeskError not_enrolled */
  desk(): { id: string; name: string; library: LibraryRef } {
    const [id, name, library] = [getMeta(this.db, 'deskId'), getMeta(this.db, 'deskName'), getMeta(this.db, 'library')]
    if (!id || !library) throw new DeskError('not_enrolled')
    return { id, name: name ?? '', library }
  }

  get enrolled(): boolean {
    return getMeta(this.db, 'deskId') !== undefined
  }

  /** Who sits here, with the role the centre's list gives now; nobody once they were taken off it. */
  me(): Me | null {
    const me = getMeta(this.db, 'me')
    if (!me) return null
    const listed = findStaff(this.db, me.id)
    if (listed === 'gone') return null
    return listed ? { ...me, name: listed.name, role: listed.role } : me
  }

  /** Covered by hand or by rest; or nobody sits here: not yet, signed out, or taken off the centre's list. */
  get locked(): boolean {
    return this.enrolled && (getMeta(this.db, 'locked') === true || this.me() === null)
  }

  /** The centre does not know this device any more (revoked, or put back from an old backup). */
  get enrolAgain(): boolean {
    return getMeta(this.db, 'deviceRefused') === true
  }

  /** The centre as this device sees it; null while there is none or its address is not allowed. */
  http(): HttpLink | null {
    const url = this.centreUrl()
    if (!this.enrolled || url === '') return null
    const { proxy, ca } = this.network()
    const key = JSON.stringify([url, proxy, ca])
    if (this.link?.key === key) return this.link.http
    try {
      const http = this.open(url)
      void this.link?.http.close()
      this.link = { key, http }
      return http
    } catch {
      return null
    }
  }

  private open(url: string): HttpLink {
    const { tokens, onServerTime, systemProxy } = this
    const network = this.network()
    return new HttpLink({ url, tokens, onServerTime, network, ...(systemProxy ? { systemProxy } : {}) })
  }

  /**
   * Makes this desk known to the centre, or known again once the centre has refused it: another device for the centre,
   * the same desk for its people.
   * @param only code of the one library this machine may belong to
   * @throws DeskError enrol_code_wrong, offline, insecure_centre, not_allowed, other_library …
   */
  async enrol(url: string, code: string, deskName: string, only?: string): Promise<LibraryRef> {
    checkCentreUrl(url)
    // Numbers of operations belong to the device the centre knows: a desk that may have sent some never becomes another,
    // unless that device is dead.
    if (this.enrolled && !this.enrolAgain) throw new DeskError('not_allowed', { why: 'enrolled' })
    // What waits to be sent goes to the centre it was meant for; another address is an administrator's to set.
    if (this.enrolled && checkCentreUrl(url).origin !== checkCentreUrl(this.centreUrl()).origin)
      throw new DeskError('not_allowed', { why: 'other_centre' })
    const link = this.open(url)
    try {
      const reply = await link.enrol(code.trim(), deskName)
      const before = getMeta(this.db, 'library')
      if (before && before.id !== reply.library.id) throw new DeskError('not_allowed', { why: 'other_library' })
      if (only !== undefined && only !== reply.library.code && only !== reply.library.id)
        throw new DeskError('other_library', { library: reply.library.name, only })
      this.db.write(() => {
        if (before) becomeNewDevice(this.db)
        clearMeta(this.db, 'deviceRefused')
        setMeta(this.db, 'deskId', reply.deviceId)
        setMeta(this.db, 'deskName', deskName)
        setMeta(this.db, 'library', reply.library)
        setMeta(this.db, 'tokens', { token: reply.token, refresh: reply.refresh, staffToken: null })
        // What the old device's people proved is void.
        if (before) {
          clearMeta(this.db, 'me')
          this.known.forgetAll()
        }
        this.tell('enrolled', reply.deviceId, '')
      })
      return reply.library
    } catch (error) {
      throw toDeskError(error, 'enrol_code_wrong')
    } finally {
      await link.close()
    }
  }

  /**
   * At the centre; where it cannot be reached, by what this desk knows of the person.
   * @throws DeskError wrong_password, offline, offline_too_long, pin_locked, not_enrolled
   */
  async signIn(staff: string, password: string): Promise<Me> {
    const { me, staffToken, event } = await this.proven(staff, password)
    return this.seat(me, staffToken, event)
  }

  /** The same without changing who sits at the desk. */
  async prove(staff: string, password: string): Promise<Me> {
    return (await this.proven(staff, password)).me
  }

  private async proven(staff: string, password: string): Promise<{ me: Me; staffToken: string; event: string }> {
    const link = this.http()
    if (!link) throw new DeskError('not_enrolled')
    try {
      const reply = await link.signIn(staff, password)
      const me: Me = { id: reply.staffId, name: reply.name, role: reply.role }
      await this.known.remember(me, reply.staffToken, reply.offlineUntil, password)
      return { me, staffToken: reply.staffToken, event: 'signedIn' }
    } catch (error) {
      const known = toDeskError(error, 'wrong_password')
      if (!(known instanceof DeskError) || (known.code !== 'offline' && known.code !== 'portal')) throw known
      const person = await this.known.byPassword(staff, password)
      return { me: this.listed(person.me), staffToken: person.staffToken, event: 'signedInOffline' }
    }
  }

  /** @throws DeskError pin_wrong, pin_locked, offline_too_long */
  async signInByPin(staff: string, pin: string): Promise<Me> {
    const { me, staffToken } = await this.known.byPin(staff, pin)
    return this.seat(this.listed(me), staffToken, 'signedInByPin')
  }

  /** The next person signs in, and sees nothing before; what this one did still goes out under their name. */
  signOut(): void {
    this.db.write(() => {
      this.tell('signedOut', this.me()?.id ?? '', this.me()?.id ?? '')
      clearMeta(this.db, 'me')
    })
  }

  /** Covers the desk until somebody signs in; what runs goes on. */
  lock(): void {
    if (!this.enrolled || this.locked) return
    this.db.write(() => {
      this.tell('locked', this.me()?.id ?? '', this.me()?.id ?? '')
      setMeta(this.db, 'locked', true)
    })
  }

  /** With the name and role of the centre's list. @throws DeskError not_allowed when it has the person no more */
  private listed(me: Me): Me {
    const listed = findStaff(this.db, me.id)
    if (listed === 'gone') throw new DeskError('not_allowed', { why: 'not_listed' })
    return listed ? { ...me, name: listed.name, role: listed.role } : me
  }

  private seat(me: Me, staffToken: string, event: string): Me {
    this.db.write(() => {
      setMeta(this.db, 'me', me)
      setMeta(this.db, 'tokens', { ...getMeta(this.db, 'tokens')!, staffToken })
      clearMeta(this.db, 'locked')
      this.tell(event, me.id, me.id)
    })
    return me
  }

  private tell(event: string, objectId: string, user: string): void {
    this.known.noteTime()
    const detail = JSON.stringify({ desk: getMeta(this.db, 'deskId') ?? '' })
    appendAudit(this.db, { at: this.now(), user, event, objectId, opId: null, detail })
  }

  /** What this device proves itself with, null while it is not enrolled. Never leaves core. */
  credentials(): ReturnType<TokenStore['get']> {
    return this.tokens.get()
  }

  async close(): Promise<void> {
    await this.link?.http.close()
  }

  private readonly tokens: TokenStore = {
    get: () => {
      const tokens = getMeta(this.db, 'tokens')
      const library = getMeta(this.db, 'library')
      return tokens && library ? { ...tokens, library: library.id } : null
    },
    setPair: (token, refresh) =>
      this.db.write(() => {
        setMeta(this.db, 'tokens', { ...getMeta(this.db, 'tokens')!, token, refresh })
        clearMeta(this.db, 'deviceRefused')
      }),
    refused: () => {
      this.db.write(() => setMeta(this.db, 'deviceRefused', true))
      this.onDeviceRefused()
    },
  }
}

/** What the line says, in the window's words. @param forbidden what a 403 means for this call */
export function toDeskError(
  error: unknown,
  forbidden: 'enrol_code_wrong' | 'wrong_password' | 'centre_refused' = 'centre_refused',
): unknown {
  if (!(error instanceof LinkError)) return error
  const more = { cause: error }
  switch (error.failure) {
    case 'offline':
    case 'busy':
      return new DeskError('offline', {}, more)
    case 'portal':
      return new DeskError('portal', {}, more)
    case 'protocol':
      return new DeskError('protocol_unsupported', {}, more)
    case 'device_sign_in':
    case 'staff_sign_in':
      return new DeskError('sign_in_needed', {}, more)
    default:
      if (error.error === 'link_expired') return new DeskError('link_expired', {}, more)
      return error.status === 403 && forbidden !== 'centre_refused'
        ? new DeskError(forbidden, {}, more)
        : new DeskError('centre_refused', { status: error.status, why: error.error }, more)
  }
}
