/** The three desks a check works with, and a store of open requests so that no two checks touch the same one. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { Skipped } from './checks/check.ts'
import { WireDesk } from './client.ts'

export interface Access {
  url: string
  /** Enrolment codes: two desks of one library, one of another. */
  codes: readonly [string, string, string]
  /** Who signs in at each of the three. */
  staff: readonly [string, string, string]
  password: string
  /** A rehearsal centre, which has levers for what only a centre brings about. */
  rehearsal?: boolean
}

export class Desks {
  readonly one: WireDesk
  readonly two: WireDesk
  readonly foreign: WireDesk
  private readonly open: { copy: RequestRow[]; loan: RequestRow[] } = { copy: [], loan: [] }

  private constructor(url: string) {
    this.one = new WireDesk(url)
    this.two = new WireDesk(url)
    this.foreign = new WireDesk(url)
  }

  /** Enrols the desks and signs their people in. @throws when the centre cannot even do that */
  static async open(access: Access): Promise<Desks> {
    const desks = new Desks(access.url)
    const all = [desks.one, desks.two, desks.foreign]
    for (const [i, desk] of all.entries()) {
      await desk.enrol(access.codes[i]!, `conformance ${i + 1}`)
      await desk.signIn(access.staff[i]!, access.password)
    }
    if (desks.one.library !== desks.two.library || desks.one.library === desks.foreign.library)
      throw new Error('the first two codes must belong to one library, the third to another')
    desks.open.copy = await desks.one.openRequests('copy')
    desks.open.loan = (await desks.one.openRequests('loan')).filter((row) => row.fields.deliveryMethod === 'courier')
    return desks
  }

  /** An open request of the first library that no other check uses. @throws Skipped when there is none left */
  take(service: 'copy' | 'loan'): RequestRow {
    const row = this.open[service].pop()
    if (!row) throw new Skipped(`the first library has no open ${service} request left; the suite uses up about 40`)
    return row
  }

  /** One that the other library did not ask for, so that it can be forwarded there. */
  takeForwardable(): RequestRow {
    const list = this.open.copy
    const at = list.findIndex((row) => row.fields.partner !== this.foreign.library)
    if (at < 0) throw new Skipped('the first library has no open copy request of a third one left')
    return list.splice(at, 1)[0]!
  }
}
