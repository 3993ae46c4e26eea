/** How this desk reaches its centre: a certificate authority of its own, from a file the person chose. */
import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'

/** A bundle of every authority of the world is a quarter of a megabyte. */
const LARGEST_BYTES = 200_000

export function networkHandlers(core: Core, files: GrantedFiles): Handlers<'network.trust'> {
  return {
    'network.trust': async ({ fileId }) => {
      const [path] = files.take([fileId]) as [string]
      if ((await stat(path)).size > LARGEST_BYTES) throw new DeskError('too_large')
      const { pem, name, until } = readAuthority(await readFile(path))
      const { network } = core.settings.get()
      core.settings.set({ network: { ...network, ca: { pem, name, until } } })
      core.sync.goodMoment()
      return { name, until }
    },
  }
}

/** PEM (one or several) or DER. @throws DeskError damaged_file when it holds no certificate */
function readAuthority(bytes: Buffer): { pem: string; name: string; until: number } {
  try {
    const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    const all = (blocks ?? [bytes]).map((one) => new X509Certificate(one))
    const first = all[0]!
    const name = /^(?:CN|O)=(.*)$/m.exec(first.subject)?.[1] ?? first.subject
    return { pem: all.map(String).join(''), name: name.slice(0, 200), until: Date.parse(first.validTo) }
  } catch (error) {
    throw new DeskError('damaged_file', {}, { cause: error })
  }
}
