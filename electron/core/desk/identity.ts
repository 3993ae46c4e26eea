/** Which desk this is, who works at it, and the tokens that prove both. All of it lives in the encrypted database. */
import type { LibraryRef } from '../../contract/centre.contract.ts'
import type { Hello } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Db } from '../../../db/driver.ts'
import { clearMeta, getMeta, setMeta } from '../../../db/queries/meta.ts'
import { checkCentreUrl, HttpLink, type TokenStore } from '../sync/http-link.ts'
import { LinkError } from '../sync/link.ts'
import type { Network, SystemProxy } from '../sync/network.ts'

type Me = NonNullable<Hello['me']>

export class Identity {
  private readonly db: Db
  private readonly onServerTime: (sentAt: number, receivedAt: number, serverTime: number) => void
  private readonly centreUrl: () => string
  private readonly network: () => Network
  private readonly systemProxy: SystemProxy | undefined
  private link: { key: string; http: HttpLink } | null = null

  /** @param network how the centre is reached, asked each time @param systemProxy what the operating system says */
  constructor(
    db: Db,
    centreUrl: () => string,
    onServerTime: Identity['onServerTime'],
    network: () => Network,
    systemProxy?: SystemProxy,
  ) {
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

  me(): Me | null {
    return getMeta(this.db, 'me') ?? null
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

  /** @throws DeskError enrol_code_wrong, offline, insecure_centre … */
  async enrol(url: string, code: string, deskName: string): Promise<LibraryRef> {
    checkCentreUrl(url)
    // Numbers of operations belong to the device the centre knows: a desk that may have sent some never becomes another.
    if (this.enrolled) throw new DeskError('not_allowed', { why: 'enrolled' })
    const link = this.open(url)
    try {
      const reply = await link.enrol(code.trim(), deskName)
      this.db.write(() => {
        setMeta(this.db, 'deskId', reply.deviceId)
        setMeta(this.db, 'deskName', deskName)
        setMeta(this.db, 'library', reply.library)
        setMeta(this.db, 'tokens', { token: reply.token, refresh: reply.refresh, staffToken: null })
      })
      return reply.library
    } catch (error) {
      throw toDeskError(error, 'enrol_code_wrong')
    } finally {
      await link.close()
    }
  }

  /** @throws DeskError wrong_password, offline, not_enrolled */
  async signIn(staff: string, password: string): Promise<Me> {
    const link = this.http()
    if (!link) throw new DeskError('not_enrolled')
    try {
      const reply = await link.signIn(staff, password)
      const me: Me = { id: reply.staffId, name: reply.name, role: reply.role }
      this.db.write(() => {
        setMeta(this.db, 'me', me)
        setMeta(this.db, 'tokens', { ...getMeta(this.db, 'tokens')!, staffToken: reply.staffToken })
      })
      return me
    } catch (error) {
      throw toDeskError(error, 'wrong_password')
    }
  }

  /** The next person signs in; what this one did still goes out under their name. */
  signOut(): void {
    this.db.write(() => clearMeta(this.db, 'me'))
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
      this.db.write(() => setMeta(this.db, 'tokens', { ...getMeta(this.db, 'tokens')!, token, refresh })),
  }
}

/** @param forbidden what a 403 means for this call */
function toDeskError(error: unknown, forbidden: 'enrol_code_wrong' | 'wrong_password'): unknown {
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
      return error.status === 403
        ? new DeskError(forbidden, {}, more)
        : new DeskError('centre_refused', { status: error.status, why: error.error }, more)
  }
}
