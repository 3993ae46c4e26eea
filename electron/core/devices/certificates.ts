/**
 * Certificates of network scanners. Devices sign their own, so nobody but a person can say that one is right: the first
 * one a device shows waits for that word, and so does every other one later.
 */
import { getMeta, type MetaValues, setMeta } from '../../../db/queries/meta.ts'
import type { ScannerCertificate } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import type { CertificateBook } from '../scanning/escl/private-network.ts'

type KnownCertificates = MetaValues['scannerCertificates']

/** A network full of strangers must not fill the database. */
const MOST = 100

export interface Certificates extends CertificateBook {
  list(): ScannerCertificate[]
  /** The person compared `fingerprint` with the device's. @throws DeskError not_found when another one was shown since */
  trust(server: string, fingerprint: string): void
  /** Trusts no certificate of this server any more and forgets what it showed. */
  forget(server: string): void
}

export function createCertificates(core: Core): Certificates {
  const known = (): KnownCertificates => getMeta(core.db, 'scannerCertificates') ?? {}
  function keep(all: KnownCertificates): void {
    setMeta(core.db, 'scannerCertificates', all)
    core.events.emit('devices')
  }
  return {
    accepts(server, fingerprint) {
      const all = known()
      const before = all[server]
      if (before?.trusted === fingerprint) return true
      if (before?.shown !== fingerprint && (before || Object.keys(all).length < MOST))
        keep({ ...all, [server]: { trusted: before?.trusted ?? null, shown: fingerprint, at: core.now() } })
      return false
    },
    list: () => Object.entries(known()).map(([server, { trusted, shown, at }]) => ({ server, trusted, shown, at })),
    trust(server, fingerprint) {
      const all = known()
      if (all[server]?.shown !== fingerprint) throw new DeskError('not_found', { server })
      keep({ ...all, [server]: { trusted: fingerprint, shown: null, at: core.now() } })
    },
    forget(server) {
      const { [server]: _, ...others } = known()
      keep(others)
    },
  }
}
